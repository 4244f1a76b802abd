import Foundation
import Testing

/// The alerts that the documentation gives to Prometheus.
@Suite("The alerts")
struct AlertRulesTests {
    private let rules = Repository.root.appending(path: "docs/casekeeper.rules.yml")
    private let folder = try! TemporaryFolder()

    @Test(
        "are what Prometheus takes, and fire when they are to",
        arguments: [
            ["check", "rules", "docs/casekeeper.rules.yml"],
            ["test", "rules", "Tests/Alerts/casekeeper.rules.test.yml"],
        ])
    func prometheus(arguments: [String]) throws {
        let tool = Repository.root.appending(path: ".build-test/prometheus/usr/bin/promtool").path
        let files = arguments.map { $0.contains("/") ? Repository.root.appending(path: $0).path : $0 }
        let result = try RunningProcess(path: tool, files, environment: [:], in: folder).wait()
        #expect(result.exitCode == 0 && result.output.contains("SUCCESS"), "\(result.output)\(result.errors)")
    }

    @Test("are each tried, and go by metrics that there are; what they tell to ask for can be asked for")
    func words() throws {
        let server = try RunningServer(in: folder)
        let text = try String(contentsOf: rules, encoding: .utf8)
        let tests = try String(
            contentsOf: Repository.root.appending(path: "Tests/Alerts/casekeeper.rules.test.yml"), encoding: .utf8)
        let alerts = text.matches(of: /alert: (\w+)/).map(\.1)
        #expect(alerts.count > 10 && Set(alerts).count == alerts.count)
        #expect(alerts.filter { !tests.contains($0) }.isEmpty)
        let metrics = try ask("/metrics", server)
        for name in Set(text.matches(of: /\b(?:casekeeper|process)_[a-z_]+/).map(\.output)) {
            #expect(metrics.contains("\n# TYPE \(name) "), "\(name)")
        }
        let hook = try ServiceAnswer(
            "POST", "/v1/webhooks", body: #"{"url":"https://hooks.example/t"}"#, port: Int(server.port))
        #expect(hook.status == 201)
        let requests = text.replacing("{{ $labels.webhook }}", with: "1").matches(of: /GET (\/[\w\/?=&]+)/).map(\.1)
        #expect(requests.count > 3)
        for path in requests { _ = try ask(String(path), server) }
    }

    private func ask(_ path: String, _ server: RunningServer) throws -> String {
        let answer = try #require(LoadConnection(port: server.port).get(path))
        #expect(answer.status == 200, "\(path)")
        return String(decoding: answer.body, as: UTF8.self)
    }
}
