import Complaints
import Foundation
import TestSupport
import Testing

/// The built binary under a wall clock that leaps, is wrong from the start, or is right.
@Suite("The wall clock of the built binary", .serialized)
struct ClockTests {
    private static let day = 86_400

    private let folder: TemporaryFolder
    private let clock: FakeClock

    init() throws {
        folder = try TemporaryFolder()
        clock = try FakeClock(in: folder)
    }

    private func serve() throws -> RunningServer {
        try RunningServer(environment: clock.environment, in: folder)
    }

    private func end(_ server: RunningServer) throws {
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    /// Runs a command; under the true wall clock unless that of the service is meant.
    private func run(_ arguments: String..., isFake: Bool = false) throws -> RunResult {
        try Binary.run(arguments, environment: isFake ? clock.environment : [:], in: folder)
    }

    @discardableResult
    private func open(_ server: RunningServer, dueIn: String = "P1D") throws -> ServiceAnswer {
        try ServiceAnswer(
            "POST", "/v1/cases",
            body: """
                {"complaint":"It drips.","customer":{"name":"Ida"},"promise":{"what":"Call","due_in":"\(dueIn)",
                "customer_notified":{"channel":"phone","outcome":"reached"}}}
                """, port: server.port)
    }

    private func get(_ server: RunningServer, _ path: String) throws -> ServiceAnswer {
        try ServiceAnswer("GET", path, port: server.port)
    }

    /// How many promises are said to have fallen due.
    private func fallen(_ server: RunningServer) throws -> Int {
        try get(server, "/v1/events?type=promise.overdue&limit=500").body.matches(of: /"type":"promise.overdue"/).count
    }

    private func isReady(_ server: RunningServer) throws -> Bool {
        try get(server, "/readyz").status == 200
    }

    @Test(
        "a change under a clock that leapt by 40 days is refused, and time goes on once it is back",
        arguments: [40, -40])
    func leapAndBack(days: Int) throws {
        let server = try serve()
        #expect(try open(server).status == 201)
        try clock.set(days * Self.day)
        let refused = try open(server, dueIn: "PT1S")
        #expect(refused.status == 503 && refused.code == "clock_jumped" && refused.retryAfter != nil)
        #expect(try get(server, "/readyz")["reason"] == "clock_jumped")
        #expect(try get(server, "/healthz").status == 200)
        let list = try get(server, "/v1/cases")
        #expect(list.status == 200 && list.body.contains(#""total":1"#))
        let metrics = try get(server, "/metrics").body
        #expect(metrics.contains("casekeeper_clock_ready 0") && metrics.contains("casekeeper_writer_ready 0"))
        try clock.set(0)
        #expect(try open(server, dueIn: "PT1S").status == 201)
        #expect(try eventually { try fallen(server) == 1 })
        #expect(try get(server, "/v1/promises?state=overdue").body.contains(#""total":1"#))
        #expect(try get(server, "/metrics").body.contains("casekeeper_clock_ready 1"))
        try end(server)
        let log = server.process.errors
        #expect(
            log.matches(of: /error no change is kept while the wall clock is wrong.*reason=clock_jumped/).count == 1)
        #expect(log.contains("the wall clock is believed"))
        #expect(try run("verify").exitCode == 0)
    }

    @Test("it is noticed while nobody asks for anything")
    func noticedIdle() throws {
        let server = try serve()
        try clock.set(40 * Self.day)
        #expect(eventually { server.process.errors.contains("reason=clock_jumped") })
        try clock.set(0)
        #expect(eventually { server.process.errors.contains("the wall clock is believed") })
        try end(server)
    }

    @Test("once an operator has accepted a leap ahead, whatever fell due by it is told of, once")
    func accepted() throws {
        let server = try serve()
        for _ in 0..<53 { #expect(try open(server).status == 201) }
        try clock.set(40 * Self.day)
        #expect(try open(server).code == "clock_jumped")
        #expect(try fallen(server) == 0)
        let shown = try run("clock", isFake: true)
        #expect(shown.exitCode == 75 && shown.output.contains("clock_jumped: The wall clock leapt ahead by P"))
        #expect(shown.output.contains("casekeeper clock --accept"))
        let accepted = try run("clock", "--accept", isFake: true)
        #expect(accepted.exitCode == 0, "\(accepted.errors)")
        #expect(accepted.output.contains("the service believes the wall clock again, which leapt ahead by P"))
        #expect(try eventually { try fallen(server) == 53 })
        #expect(try get(server, "/v1/promises?state=overdue").body.contains(#""total":53"#))
        #expect(try open(server).status == 201)
        #expect(try fallen(server) == 53)
        let again = try run("clock", "--accept", isFake: true)
        #expect(again.exitCode == 66 && again.errors.contains("there is nothing to accept"))
        try end(server)
        #expect(server.process.errors.contains("the wall clock was accepted by an operator"))
        #expect(try run("verify").exitCode == 0)
    }

    @Test("a leap back to where the record has not been yet is accepted, one behind the record is not")
    func acceptedBack() throws {
        try clock.set(-30 * Self.day)
        let old = try serve()
        #expect(try open(old, dueIn: "P60D").status == 201)
        try end(old)
        try clock.set(0)
        // Nothing is due, so it puts nothing on record.
        let server = try serve()
        try clock.set(-10 * Self.day)
        let acceptable = try open(server)
        #expect(acceptable.code == "clock_jumped" && acceptable.body.contains("clock --accept"))
        #expect(try run("clock", "--accept", isFake: true).exitCode == 0)
        #expect(try open(server, dueIn: "P60D").status == 201)
        try clock.set(-20 * Self.day)
        let behind = try open(server)
        #expect(behind.code == "clock_jumped" && !behind.body.contains("clock --accept"))
        let shown = try run("clock", isFake: true)
        #expect(shown.exitCode == 75 && shown.output.contains("clock_jumped") && !shown.output.contains("--accept"))
        let refused = try run("clock", "--accept", isFake: true)
        #expect(refused.exitCode == 75 && refused.errors.contains("can't be accepted"), "\(refused.errors)")
        #expect(!refused.errors.contains("--accept"))
        #expect(try open(server).code == "clock_jumped")
        try clock.set(-10 * Self.day)
        #expect(try open(server).status == 201)
        try end(server)
        // Of the two that were told of the second was behind the record.
        let remedies = server.process.errors.split(separator: "\n").filter { $0.contains("reason=clock_jumped") }
        #expect(remedies.map { $0.contains("clock --accept") } == [true, false])
    }

    @Test("a small leap is taken, and what fell due by it is told of")
    func small() throws {
        let server = try serve()
        #expect(try open(server, dueIn: "PT3M").status == 201)
        try clock.set(240)
        #expect(try eventually { try fallen(server) == 1 })
        try clock.set(0)
        #expect(try open(server).status == 201)
        #expect(try isReady(server))
        #expect(!server.process.errors.contains("clock"))
        try end(server)
        let restarted = try serve()
        #expect(try open(restarted).status == 201)
        try end(restarted)
        #expect(try run("verify").exitCode == 0)
    }

    @Test("a service that starts with a clock behind the record says so, and keeps no change until that is over")
    func behindAtStart() throws {
        try clock.set(40 * Self.day)
        let ahead = try serve()
        #expect(try open(ahead).status == 201)
        try end(ahead)
        try clock.set(0)
        let server = try serve()
        #expect(server.process.errors.contains("reason=clock_behind"))
        let refused = try open(server)
        #expect(refused.status == 503 && refused.code == "clock_behind" && refused.retryAfter != nil)
        #expect(try get(server, "/readyz")["reason"] == "clock_behind")
        #expect(try get(server, "/v1/cases").body.contains(#""total":1"#))
        let metrics = try get(server, "/metrics").body
        #expect(
            metrics.contains("casekeeper_clock_ready 0") && !metrics.contains("casekeeper_clock_behind_seconds 0\n"))
        let accept = try run("clock", "--accept")
        #expect(accept.exitCode == 75 && accept.errors.contains("clock_behind") && !accept.errors.contains("--accept"))
        try clock.set(40 * Self.day)
        #expect(try open(server).status == 201, "it is set right")
        try end(server)
    }

    @Test("commands refuse a clock behind the record (75), and change nothing")
    func commandsBehind() throws {
        try clock.set(40 * Self.day)
        let ahead = try serve()
        #expect(try open(ahead).status == 201)
        try end(ahead)
        try folder.write("words,name\nIt leaks.,Ann\n", to: "in.csv")
        let before = try run("verify").output
        for arguments in [
            ["import", "in.csv", "--map", "complaint=words", "--map", "customer.name=name"],
            ["token", "create", "Ann", "--role", "admin"], ["token", "revoke", "1"], ["migrate"],
        ] {
            let result = try Binary.run(arguments, in: folder)
            #expect(result.exitCode == 75 && result.errors.contains("clock_behind"), "\(arguments): \(result.errors)")
        }
        #expect(try run("verify").output == before)
        let shown = try run("clock")
        #expect(shown.exitCode == 75 && shown.output.contains("clock_behind: The wall clock is"))
        for arguments in [["export", "cases"], ["token", "list"]] {
            #expect(try Binary.run(arguments, in: folder).exitCode == 0)
        }
    }

    @Test(
        "beside a service commands refuse a clock that is not the service's, whichever way it is off",
        arguments: [40, -40])
    func commandsBeside(days: Int) throws {
        let server = try RunningServer(in: folder)
        #expect(try open(server).status == 201)
        try clock.set(days * Self.day)
        let refused = try run("token", "create", "Ann", "--role", "admin", isFake: true)
        #expect(refused.exitCode == 75 && refused.errors.contains("clock_jumped"), "\(refused.errors)")
        let accept = try run("clock", "--accept", isFake: true)
        #expect(accept.exitCode == 75, "\(accept.errors)")
        #expect(try run("clock").output.hasSuffix("ok\n"))
        #expect(try open(server).status == 201)
        #expect(try run("token", "create", "Ann", "--role", "admin").exitCode == 0)
        try end(server)
    }

    @Test("without a service a clock behind the record can't be accepted either (75)")
    func behindWithoutService() throws {
        let server = try RunningServer(in: folder)
        #expect(try open(server).status == 201)
        try end(server)
        let path = folder.path("casekeeper.db")
        let script =
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
            + "c.execute('UPDATE clock SET stamp = stamp + 864000000'); c.commit()"
        let moved = try RunningProcess(
            path: "/usr/bin/python3", ["-c", script, path], environment: [:], in: folder
        ).wait()
        try #require(moved.exitCode == 0, "\(moved.errors)")
        let refused = try run("clock", "--accept")
        #expect(refused.exitCode == 75 && refused.errors.contains("clock_behind"), "\(refused)")
        #expect(!refused.errors.contains("takes the clock as it is"))
    }

    @Test("without a service there is nothing to accept, nor without a database (66)")
    func nothingToAccept() throws {
        #expect(try run("clock", "--accept").exitCode == 66)
        try end(try RunningServer(in: folder))
        let refused = try run("clock", "--accept")
        #expect(refused.exitCode == 66 && refused.errors.contains("no service has the database open"))
        let shown = try run("clock")
        #expect(shown.exitCode == 0 && shown.output.contains("unknown: no service has the database open"))
    }

    @Test("four clients that keep promises as of their own now are never told that it lies in the future")
    func ownNow() throws {
        let server = try RunningServer(in: folder)
        let port = server.port
        let clerks = (0..<4).map { _ in
            Meanwhile { () throws -> [String] in
                let connection = try LoadConnection(port: port)
                var refusals: [String] = []
                for _ in 0..<100 {
                    let opened = connection.post(
                        LoadRequest(
                            path: "/v1/cases",
                            json:
                                #"{"complaint":"It drips.","customer":{"name":"Ida"},"promise":{"what":"Call","due_in":"P1D"}}"#,
                            key: UUID().uuidString))
                    guard
                        let id = opened.map({ String(decoding: $0.body, as: UTF8.self) })?.firstMatch(
                            of: /"promises":\[\{"id":(\d+)/)?.1
                    else {
                        refusals.append("no case")
                        continue
                    }
                    let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).rfc3339
                    let kept = connection.post(
                        LoadRequest(
                            path: "/v1/promises/\(id)/keep",
                            json: #"{"kept_at":"\#(now)","resolve":{"summary":"Done","customer_accepted":true}}"#,
                            key: UUID().uuidString))
                    if kept?.status != 200 { refusals.append(String(decoding: kept?.body ?? [], as: UTF8.self)) }
                }
                return refusals
            }
        }
        for clerk in clerks { #expect(try clerk.value() == []) }
        try end(server)
    }
}
