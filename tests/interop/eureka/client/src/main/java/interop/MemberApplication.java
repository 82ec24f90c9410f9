package interop;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring service that registers and shows what it sees of the registry. */
@SpringBootApplication
@RestController
public class MemberApplication {
    private final DiscoveryClient registry;

    public MemberApplication(DiscoveryClient registry) {
        this.registry = registry;
    }

    public static void main(String[] args) {
        SpringApplication.run(MemberApplication.class, args);
    }

    @GetMapping("/seen")
    public Map<String, List<String>> seen() {
        Map<String, List<String>> seen = new TreeMap<>();
        for (String service : registry.getServices()) {
            seen.put(service, registry.getInstances(service).stream()
                .map(instance -> instance.getHost() + ":" + instance.getPort() + " " + new TreeMap<>(instance.getMetadata()))
                .sorted().toList());
        }
        return seen;
    }
}
