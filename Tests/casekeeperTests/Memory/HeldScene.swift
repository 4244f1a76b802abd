import Foundation

/// How the service is asked to hold as much of a thing as it will, and more: each asks for several times what it may hold
/// and what it takes to work beside that.
struct HeldScene {
    /// A peer's part of it: what is sent, and then left as it is.
    struct Part {
        var connections: Int
        var bytes: [UInt8]
        /// Whether the answers are read, as what is remembered of them is to be had.
        var reads = false

        init(_ connections: Int, _ text: String, reads: Bool = false) {
            self.connections = connections
            bytes = Array(text.utf8)
            self.reads = reads
        }
    }

    var parts: [Part]
    /// For a bound that would come before the one that is meant.
    var options: [String] = []
    /// Whether somebody else has the database meanwhile, so that no change is made.
    var isLocked = false
    /// Gauges of `/metrics`, and the most that they may come to, which they do.
    var gauges: [(name: String, bound: Int)] = []

    /// How long complaints are that make a long page; what is in them can't be compressed.
    static let complaintBytes = 3000

    private static let end = "Host: localhost\r\n\r\n"

    private static func get(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\n\(fields)\(end)"
    }

    private static func post(_ target: String, _ fields: String) -> String {
        "POST \(target) HTTP/1.1\r\nContent-Type: application/json\r\n\(fields)\(end)"
    }

    private static func post(_ target: String, body: String, _ fields: String = "") -> String {
        post(target, "\(fields)Content-Length: \(body.utf8.count)\r\n") + body
    }

    private static func bulk(_ items: some Sequence<String>) -> String {
        post("/v1/cases/bulk", body: #"{"items":[\#(items.joined(separator: ","))]}"#)
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    /// Fields that make a request long.
    private static let fields = (0..<4).map { "X-Field-\($0): \(times(4000, "x"))\r\n" }.joined()
    private static let page = "/v1/cases?limit=500"
    private static let gzip = "Accept-Encoding: gzip\r\n"

    init(
        _ parts: [Part], _ options: [String] = [], isLocked: Bool = false, gauges: [(name: String, bound: Int)] = []
    ) {
        self.parts = parts
        self.options = options
        self.isLocked = isLocked
        self.gauges = gauges
    }

    /// Every one of them; those of a thing are played one after the other.
    ///
    /// - Parameter event: the last one there is: what comes after it is waited for.
    static func of(_ thing: HeldThing, after event: Int) -> [HeldScene] {
        let waiting = "/v1/events?after=\(event)&wait=60"
        let follow = get(waiting)
        switch thing {
        case .header:
            let fields = (0..<90).map { "X-Field-\($0): \(times(320, "x"))\r\n" }.joined()
            return [
                HeldScene(
                    [
                        Part(850, "GET / HTTP/1.1\r\n" + fields), Part(850, "GET / HTTP/1.1\r\nHost: a\r\n\(fields)"),
                    ], ["--connections", "2000"])
            ]
        case .shortBody:
            return [HeldScene([Part(900, post("/v1/cases", "Content-Length: 65536\r\n") + times(60_000, " "))])]
        case .longBody:
            return [HeldScene([Part(120, post("/v1/cases", "Content-Length: 1048576\r\n") + times(1_000_000, " "))])]
        case .chunkedBody:
            let chunk = "4000\r\n\(times(0x4000, " "))\r\n"
            return [HeldScene([Part(120, post("/v1/cases", "Transfer-Encoding: chunked\r\n") + times(60, chunk))])]
        case .pipeline:
            return [HeldScene([Part(600, times(16, follow) + times(5000, get("/healthz")))])]
        case .heldAnswer: return [HeldScene([Part(40, follow + times(15, get(page)))])]
        case .unreadAnswer: return [HeldScene([Part(80, get(page)), Part(20, times(15, get(page)))])]
        case .coding:
            return [HeldScene([Part(20, times(4, get(page, gzip))), Part(8, follow + times(15, get(page, gzip)))])]
        case .sharedAnswer:
            let all = ["/openapi.json", "/openapi.json?pretty=true", "/problems/busy"].map { get($0, gzip) + get($0) }
            return [HeldScene([Part(200, times(5, all.joined())), Part(100, follow + times(2, all.joined()))])]
        case .export:
            return [
                HeldScene(
                    [Part(1500, get("/v1/cases?format=csv"))], ["--report-queue", "1500", "--connections", "2000"])
            ]
        case .follower:
            return [
                HeldScene(
                    [Part(400, times(16, get(waiting, fields)))],
                    ["--event-queue", "9000"]),
                HeldScene(
                    [Part(900, follow)], ["--event-queue", "600"], gauges: [("casekeeper_events_waiting", 600)]),
            ]
        case .stream:
            let stream = "Accept: text/event-stream\r\n"
            let target = "/v1/events?after=\(event)"
            return [
                HeldScene([
                    Part(600, get(target, stream + fields)),
                    // What there is, which nobody takes.
                    Part(100, get("/v1/events", stream)),
                ]),
                HeldScene(
                    [Part(900, get(target, stream))], ["--event-queue", "600"],
                    gauges: [("casekeeper_events_waiting", 600)]),
            ]
        case .report:
            let report = "/v1/reports/promises?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z"
            return [HeldScene([Part(200, times(16, get(report, fields)))], ["--report-queue", "9000"])]
        case .change:
            let body = #"{"complaint":"\#(times(60_000, "x"))","customer":{"name":"Ann"}}"#
            return [
                HeldScene([Part(100, times(15, post("/v1/cases", body: body)))], isLocked: true),
                HeldScene(
                    [Part(100, times(15, post("/v1/cases", body: #"{"complaint":"x","customer":{"name":"Ann"}}"#)))],
                    ["--write-queue", "200", "--write-batch", "1"], isLocked: true,
                    gauges: [("casekeeper_writer_queue_depth", 200)]),
            ]
        case .bulk:
            let item = #"{"complaint":"\#(times(8000, "x"))","customer":{"name":"Ann"}}"#
            return [HeldScene([Part(40, bulk(Array(repeating: item, count: 250)))], isLocked: true)]
        case .name:
            let bulks = (0..<3).map { round in
                bulk(
                    (0..<1000).map { index in
                        let name = "\(round) \(index)\(times(190, "\u{1D55F}"))"
                        return #"{"complaint":"x","customer":{"name":"Ann"},"owner":"\#(name)","category":"\#(name)"}"#
                    })
            }
            let lists = (0..<8).map { get("/v1/promises?limit=500&due_after=2020-01-01T00:00:0\($0)Z") }
            return [HeldScene([Part(1, bulks.joined(), reads: true), Part(2, lists.joined(), reads: true)])]
        case .read:
            let lists = (0..<40).map { times(2, get("/v1/cases?limit=250&updated_after=2020-01-01T00:00:\(10 + $0)Z")) }
            return [HeldScene([Part(2, lists.joined(), reads: true)])]
        case .tail:
            let rounds = (0..<3).map { round in
                let item = #"{"complaint":"\#(times(12_000, "leak "))\#(round)","customer":{"name":"Ann"}}"#
                return bulk(Array(repeating: item, count: 30)) + get("/v1/cases?q=leak&limit=1")
            }
            return [HeldScene([Part(2, rounds.joined(), reads: true)])]
        case .key:
            let body = #"{"complaint":"x","customer":{"name":"Ann"}}"#
            let posts = (0..<50).map { post("/v1/cases", body: body, "Idempotency-Key: \($0)-\(times(150, "k"))\r\n") }
            return [HeldScene([Part(20, posts.joined(), reads: true)])]
        case .bucket: return [HeldScene([Part(50, times(200, get("/v1/me", "Authorization: Bearer nobody\r\n")))])]
        case .connection:
            return [
                HeldScene(
                    [Part(1500, "")], ["--connections", "600", "--linger-timeout", "PT10M"],
                    // Those that are being told that there are too many are among them.
                    gauges: [("casekeeper_http_connections", 600 + 128)])
            ]
        }
    }
}
