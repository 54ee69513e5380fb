/** The REST of Azure Personalizer, answered by loops: its clients need another address and key, nothing else. */
package io.leeway.prediction.http.personalizer;
