// The real clients of Azure Personalizer, pointed at Leeway. Prints one JSON line per call; PersonalizerClientsTest reads them.
"use strict";
const { PersonalizerClient } = require("@azure/cognitiveservices-personalizer");
const { ApiKeyCredentials } = require("@azure/ms-rest-js");
const rest = require("@azure-rest/ai-personalizer");

const [endpoint, key] = process.argv.slice(2);
const actions = [
  { id: "NewsArticle", features: [{ type: "News" }] },
  { id: "SportsArticle", features: [{ type: "Sports" }, { length: 3 }] },
  { id: "EntertainmentArticle", features: [{ type: "Entertainment" }] },
];
const contextFeatures = [{ timeOfDay: "Morning" }, { device: { mobile: true } }];

function tell(call, what) {
  console.log(JSON.stringify({ call, ...what }));
}

async function firstClient(credentials, call) {
  const client = new PersonalizerClient(credentials, endpoint);
  const rank = await client.rank({
    eventId: "sdk-1", contextFeatures, actions, excludedActions: ["SportsArticle"], deferActivation: true,
  });
  tell(call + "rank", { status: rank._response.status, body: rank._response.parsedBody });
  const activate = await client.events.activate("sdk-1");
  tell(call + "activate", { status: activate._response.status });
  const reward = await client.events.reward("sdk-1", { value: 0.5 });
  tell(call + "reward", { status: reward._response.status });
  try {
    await client.rank({ eventId: "sdk-2", actions, excludedActions: ["NoArticle"] });
  } catch (e) {
    tell(call + "refusal", { status: e.statusCode, code: e.body.error.code, message: e.body.error.message });
  }
}

async function restClient() {
  const client = rest.default(endpoint, { key });
  async function call(name, promise) {
    const answer = await promise;
    tell("rest." + name, { status: Number(answer.status), unexpected: rest.isUnexpected(answer), body: answer.body });
    return answer;
  }
  await call("rank", client.path("/rank").post({ body: { eventId: "sdk-3", contextFeatures, actions } }));
  await call("reward", client.path("/events/{eventId}/reward", "sdk-3").post({ body: { value: 1 } }));
  await call("activate", client.path("/events/{eventId}/activate", "sdk-3").post());
  const slots = [
    { id: "Main", features: [{ size: "Large" }], excludedActions: ["SportsArticle"], baselineAction: "NewsArticle" },
    { id: "Side", features: [{ size: "Small" }], baselineAction: "EntertainmentArticle" },
  ];
  await call("multislot", client.path("/multislot/rank").post({ body: { eventId: "sdk-4", contextFeatures, actions, slots } }));
  await call("multislotReward", client.path("/multislot/events/{eventId}/reward", "sdk-4")
    .post({ body: { reward: [{ slotId: "Main", value: 1 }, { slotId: "Side", value: 0 }] } }));
  await call("multislotActivate", client.path("/multislot/events/{eventId}/activate", "sdk-4").post());
  const found = await call("configuration", client.path("/configurations/service").get());
  await call("configure", client.path("/configurations/service")
    .put({ body: { ...found.body, rewardWaitTime: "PT2M", learningMode: "Apprentice" } }));
  await call("configureBack", client.path("/configurations/service").put({ body: found.body }));
  await call("refusal", client.path("/rank").post({ body: { eventId: "sdk-5", actions: [] } }));
  await call("denied", rest.default(endpoint, { key: "nobody" }).path("/rank").post({ body: { actions } }));
}

async function main() {
  await firstClient(new ApiKeyCredentials({ inHeader: { "Ocp-Apim-Subscription-Key": key } }), "v1.");
  await restClient();
}

main().catch((e) => { console.error(e); process.exit(1); });
