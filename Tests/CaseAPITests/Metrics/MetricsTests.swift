import Complaints
import Dispatch
import TestSupport
import Testing

@testable import CaseAPI

@Suite("/metrics")
struct MetricsTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    /// The samples, by name and labels as they are written.
    private func scrape() throws -> [String: Double] {
        let response = try desk.client.send("GET", "/metrics")
        #expect(response.status == 200)
        return Dictionary(
            uniqueKeysWithValues: try response.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let space = try #require(line.lastIndex(of: " "))
                return (String(line[..<space]), try #require(Double(line[line.index(after: space)...])))
            })
    }

    @Test("counts every request once, under its route, when many come at once")
    func exactCounts() throws {
        try desk.openCase()
        let group = DispatchGroup()
        for client in 0..<4 {
            DispatchQueue(label: "client").async(group: group) {
                for round in 0..<25 {
                    _ = try? desk.client.get("/v1/cases/1")
                    _ = try? desk.client.get("/v1/cases/\(900 + client)")
                    _ = try? desk.client.send("HEAD", "/healthz")
                    _ = try? desk.client.get("/nothing/\(client)/\(round)")
                    _ = try? desk.client.send("PUT", "/v1/cases/\(round)")
                    _ = try? desk.openCase()
                    _ = try? desk.client.post("/v1/promises/1/void", "{}")
                    _ = try? desk.client.get("/v1/reports/promises")
                    _ = try? desk.client.exchange(Array("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".utf8))
                }
            }
        }
        group.wait()
        let samples = try scrape()
        let requests = samples.filter { $0.key.hasPrefix("casekeeper_http_requests_total") }
        func name(_ route: String, _ method: String, _ status: Int) -> String {
            "casekeeper_http_requests_total{route=\"\(route)\",method=\"\(method)\",status=\"\(status)\"}"
        }
        #expect(
            requests == [
                name("/v1/cases/{id}", "GET", 200): 100, name("/v1/cases/{id}", "GET", 404): 100,
                name("/healthz", "HEAD", 200): 100, name("unmatched", "GET", 404): 100,
                name("/v1/cases/{id}", "PUT", 405): 100, name("/v1/cases", "POST", 201): 101,
                name("/v1/promises/{id}/void", "POST", 422): 100, name("/v1/reports/promises", "GET", 200): 100,
            ])
        func count(_ route: String) -> Double? {
            samples["casekeeper_http_request_duration_seconds_count{route=\"\(route)\"}"]
        }
        #expect(count("/v1/cases/{id}") == 300)
        #expect(count("/v1/cases") == 101)
        #expect(count("unmatched") == 100)
        #expect(samples["casekeeper_http_refused_total{reason=\"malformed_request\"}"] == 100)
        #expect(samples["casekeeper_http_connections_accepted_total"] == 902)
        let writes = samples["casekeeper_writer_changes_total{outcome=\"committed\"}"]
        #expect(writes == 101)
        #expect(samples["casekeeper_writer_changes_total{outcome=\"failed\"}"] == 0)
        #expect(samples["casekeeper_writer_batch_size_count"] == samples["casekeeper_writer_batches_total"])
        #expect(samples["casekeeper_writer_queue_depth"] == 0)
        // A report is done a moment after it was answered.
        #expect(try eventually { try scrape()["casekeeper_reports_waiting"] == 0 })
    }

    @Test("is Prometheus's text format: help and type before samples, buckets that add up")
    func format() throws {
        try desk.openCase()
        _ = try desk.client.get("/v1/cases/1")
        let response = try desk.client.send(
            "GET", "/metrics", fields: ["Accept": "application/openmetrics-text;version=1.0.0,text/plain;q=0.3"])
        #expect(response.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.text.hasSuffix("\n"))
        var announced: [Substring] = []
        var kind = ""
        var bucket: (labels: Substring, count: Int) = ("", 0)
        for line in response.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let help = line.firstMatch(of: /^# HELP ([a-z_]+) \S.*$/) {
                announced.append(help.1)
            } else if let type = line.firstMatch(of: /^# TYPE ([a-z_]+) (counter|gauge|histogram)$/) {
                #expect(type.1 == announced.last)
                kind = String(type.2)
            } else {
                let pair = #/[a-z_]+="[^"\\\n]*"/#
                let sample = try #require(
                    line.wholeMatch(of: #/([a-z_]+)(\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\})? (\S+)/#), "\(line)")
                let value = try #require(Double(sample.3), "\(line)")
                #expect(value >= 0)
                let own = try #require(announced.last)
                if kind == "histogram" {
                    #expect(["_bucket", "_sum", "_count"].contains { sample.1 == own + $0 }, "\(line)")
                    let labels = (sample.2 ?? "").matches(of: pair).map(\.0).filter { !$0.hasPrefix("le=") }.joined()
                    if sample.1.hasSuffix("_bucket") {
                        #expect(labels != bucket.labels || Int(value) >= bucket.count, "\(line)")
                        bucket = (Substring(labels), Int(value))
                    } else if sample.1.hasSuffix("_count") {
                        #expect(Int(value) == bucket.count, "\(line)")
                        bucket = ("", 0)
                    }
                } else {
                    #expect(sample.1 == own, "\(line)")
                }
            }
        }
        #expect(Set(announced).count == announced.count)
    }

    /// Overdue, due within the hour, due later, nobody's, not accepted, and for how many minutes the longest is overdue.
    private func due() throws -> [Double?] {
        let samples = try scrape()
        let seconds = samples["casekeeper_longest_overdue_seconds"]
        return ["overdue", "due_within_hour", "due_later"].map { samples["casekeeper_promises{state=\"\($0)\"}"] }
            + ["unowned", "unaccepted"].map { samples["casekeeper_promises_\($0)"] }
            + [seconds.map { ($0 / 60).rounded() }]
    }

    @Test(
        "says how many cases are open, and when promises to customers fall due, whose they are, and since when one is overdue"
    )
    func dues() throws {
        #expect(try due() == [0, 0, 0, 0, 0, 0])
        func open(_ due: String, _ more: String = "") throws {
            try desk.openCase(
                #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Call","due_in":"\#(due)"}\#(more)}"#)
        }
        try open("PT2H")
        try open("PT4H", #","owner":"kim""#)
        // To ourselves is not to a customer.
        let ours = #"{"what":"Ask the plumber","due_in":"PT1H","to":"us"}"#
        #expect(try desk.client.post("/v1/cases/1/promises", ours).status == 201)
        // What somebody else gave to Kim is theirs to accept.
        #expect(try due() == [0, 0, 2, 1, 1, 0])
        desk.clock.advance(by: .minutes(90))
        #expect(try due() == [0, 1, 1, 1, 1, 0])
        desk.clock.advance(by: .hours(2))
        #expect(try due() == [1, 1, 0, 1, 1, 90])
        #expect(try desk.client.post("/v1/promises/2/accept", "{}", fields: ["Casekeeper-Actor": "kim"]).status == 200)
        #expect(try due() == [1, 1, 0, 1, 0, 90])
        try desk.client.post("/v1/promises/1/keep", #"{"next_promise":{"what":"Call","due_in":"PT3H"}}"#)
        #expect(try due() == [0, 1, 1, 1, 0, 0])
        #expect(try scrape()["casekeeper_cases{status=\"open\"}"] == 2)
    }

    @Test("asks for what every route asks for")
    func access() throws {
        #expect(try desk.client.get("/metrics", fields: ["Host": "evil.example"]).code == "forbidden")
        #expect(try desk.client.get("/metrics?x=1").code == "unknown_parameter")
        let token = try desk.token(.reader).field
        #expect(try desk.client.get("/metrics").code == "unauthenticated")
        #expect(try desk.client.send("HEAD", "/metrics", fields: ["Authorization": token]).status == 200)
    }

    @Test("escapes labels")
    func escapes() {
        var text = MetricsText()
        text.metric("m", .gauge, "Help.") { $0.sample(["a": "x\\\"\ny", "b": ""], 1.5) }
        #expect(text.text == "# HELP m Help.\n# TYPE m gauge\nm{a=\"x\\\\\\\"\\ny\",b=\"\"} 1.5\n")
    }

    @Test("the process's figures are those of this process")
    func process() throws {
        let figures = ProcessFigures.now()
        #expect(try #require(figures.openDescriptors) > 3)
        let limit = try #require(figures.descriptorLimit)
        #expect(limit > figures.openDescriptors ?? .max)
        #expect(try #require(figures.residentBytes) > 1 << 20)
        #expect(figures.cpuSeconds > 0)
        #expect(try #require(figures.startSeconds) > 1_500_000_000)
    }
}
