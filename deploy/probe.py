"""Container health check: exit 0 when the readiness group of the member on the given port is UP."""

import sys
import urllib.error
import urllib.request

url = f"http://127.0.0.1:{sys.argv[1]}/actuator/health/readiness"
try:
    with urllib.request.urlopen(url, timeout=3) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except (OSError, urllib.error.HTTPError) as error:
    sys.exit(f"{url}: {error}")
