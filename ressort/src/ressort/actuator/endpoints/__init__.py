"""One module per endpoint of Spring Boot's actuator."""
