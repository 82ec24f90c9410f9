package interop;

import feign.FeignException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Its API; made anew, with the values then in force, when the configuration is refreshed. */
@RestController
@RefreshScope
public class ScoreApi {
    private final Clients clients;
    private final DiscoveryClient registry;
    private final Environment environment;
    private final int plafond;

    public ScoreApi(
            Clients clients, DiscoveryClient registry, Environment environment, @Value("${score.plafond}") int plafond) {
        this.clients = clients;
        this.registry = registry;
        this.environment = environment;
        this.plafond = plafond;
    }

    @GetMapping("/scores/{id}")
    public Map<String, Object> score(@PathVariable("id") String id) {
        return Map.of("client", clients.client(id), "plafond", plafond);
    }

    @PostMapping("/scores")
    public Map<String, Object> nouveau(
            @RequestHeader("Idempotency-Key") String key, @RequestBody Map<String, Object> fiche) {
        return Map.of("client", clients.creer(key, fiche), "plafond", plafond);
    }

    /** Values as Spring's environment gives them, and null for those it does not know. */
    @GetMapping("/reglages")
    public Map<String, String> reglages(@RequestParam("cle") String[] keys) {
        Map<String, String> found = new TreeMap<>();
        for (String key : keys) {
            found.put(key, environment.getProperty(key));
        }
        return found;
    }

    /** How many instances of a service the registry's client knows. */
    @GetMapping("/instances/{service}")
    public int instances(@PathVariable("service") String service) {
        return registry.getInstances(service).size();
    }

    /** What a request looked like when it arrived. */
    @GetMapping("/vu")
    public Map<String, String> seen(
            @RequestHeader Map<String, String> headers, @RequestParam(name = "q", defaultValue = "") String q) {
        Map<String, String> seen = new TreeMap<>();
        headers.forEach((name, value) -> seen.put(name.toLowerCase(), value));
        seen.put("?q", q);
        return seen;
    }

    /** A refusal of the service behind is passed on as it came. */
    @ExceptionHandler(FeignException.class)
    public ResponseEntity<String> refused(FeignException refusal) {
        String body = refusal.responseBody()
            .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString()).orElse("");
        int status = refusal.status() < 400 ? 503 : refusal.status();
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
    }
}
