package interop;

import java.util.Map;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** The part of client-service it calls, by the name in the registry. */
@FeignClient(name = "client-service")
public interface Clients {
    @GetMapping("/clients/{id}")
    Map<String, Object> client(@PathVariable("id") String id);

    @PostMapping("/clients")
    Map<String, Object> creer(@RequestHeader("Idempotency-Key") String key, @RequestBody Map<String, Object> fiche);
}
