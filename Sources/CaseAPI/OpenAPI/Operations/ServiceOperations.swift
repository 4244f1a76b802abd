import HTTPTypes

/// What is asked about the service itself.
enum ServiceOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/healthz", "getHealth", "Whether the process is alive",
            answer: .init(.document("Health"), "It is.")),
        APIOperation(
            .get, "/readyz", "getReadiness", "Whether the database answers and takes changes",
            answer: .init(.document("Readiness"), "It does."), problems: [.notReady]),
        APIOperation(
            .get, "/metrics", "getMetrics", "How the service is doing", description: "For Prometheus.",
            answer: .init(.text(MetricsText.contentType), "Prometheus's text format."), problems: [.databaseDamaged]),
        APIOperation(
            .get, "/problems/{code}", "getProblem", "What an error means and what to do",
            description: "The type of every problem leads here.",
            answer: .init(.page("ProblemPage"), "The page."), problems: [.notFound]),
        APIOperation(
            .get, "/openapi.json", "getDescription", "This document",
            answer: .init(.document("Description"), "OpenAPI 3.1.")),
    ]
}
