package io.leeway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the README to the repository. */
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern ARTIFACT = Pattern.compile("`(?:[a-z.0-9-]+:)?([a-z0-9-]+)`");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private final Path root = Repository.root();

    @Test
    void everyLinkLeadsToSomething() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : List.of(root.resolve("README.md"), root.resolve("docs/adr/README.md"))) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                if (!target.startsWith("http") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(page.getFileName() + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theModuleTableNamesEveryModule() throws IOException {
        String readme = readme();
        Matcher module = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        int modules = 0;
        while (module.find()) {
            assertThat(readme).contains("| [" + module.group(1) + "](" + module.group(1) + ") |");
            modules++;
        }
        assertThat(modules).isGreaterThan(8);
    }

    /** The table says: this artifact, in these modules; the poms must say so too. */
    @Test
    void whatItIsBuiltWithIsInThePoms() throws IOException {
        int rows = 0;
        for (String row : section("## Built with")
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList()) {
            String[] cells = row.split("\\|");
            Matcher artifact = ARTIFACT.matcher(cells[2]);
            List<String> poms = pomsNamedIn(cells[3]);
            while (artifact.find()) {
                String element = "<artifactId>" + artifact.group(1) + "</artifactId>";
                assertThat(poms).as(row).isNotEmpty().allSatisfy(pom -> assertThat(pom)
                        .contains(element));
            }
            rows++;
        }
        assertThat(rows).isGreaterThanOrEqualTo(9);
    }

    @Test
    void theTestCommandIsWhatContinuousIntegrationRuns() throws IOException {
        assertThat(readme()).contains("    mvn verify ");
        assertThat(Files.readString(root.resolve(".ci/run"))).contains("mvn -B verify");
    }

    private List<String> pomsNamedIn(String cell) throws IOException {
        List<String> poms = new ArrayList<>();
        Matcher module = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (module.find()) {
            if (cell.contains(module.group(1))) {
                poms.add(Files.readString(root.resolve(module.group(1)).resolve("pom.xml")));
            }
        }
        return poms;
    }

    private String section(String heading) throws IOException {
        String readme = readme();
        int from = readme.indexOf(heading);
        int to = readme.indexOf("\n## ", from + heading.length());
        return readme.substring(from, to < 0 ? readme.length() : to);
    }

    private String readme() throws IOException {
        return Files.readString(root.resolve("README.md"));
    }
}
