import Complaints
import Testing

@testable import CaseStore

@Suite("What guidance reads")
struct GuidanceTests {
    @Test("hot contacts in a row are counted back to the last one that was not hot, over all that somebody noted")
    func inARow() throws {
        let desk = try Desk()
        @discardableResult
        func observe(_ person: String, _ mood: Mood, in known: Int64? = nil) throws -> Int64 {
            let actor = Actor(name: person, role: .agent)
            let id = try known ?? desk.open(by: actor).record.id
            let request = LogRequest.mood(mood, why: "said \"owner\",\"Kim\"")
            try desk.change(id, by: actor) { file, policy, now in
                try file.write(Incoming(request), under: policy, by: actor, at: now)
            }
            return id
        }
        func inARow(_ person: String) throws -> Int {
            try desk.reader.read { try $0.hotContactsInARow(of: person) }
        }
        #expect(try inARow("Kim") == 0)
        for (mood, count) in [(Mood.angry, 1), (.abusive, 2), (.upset, 0), (.angry, 1), (.calm, 0), (.abusive, 1)] {
            let id = try observe("Kim", mood)
            #expect(try inARow("Kim") == count)
            try observe("Kim", mood, in: id)
            #expect(try inARow("Kim") == count, "the same case on the same day is the same contact")
            try observe("Lee", .calm)
            #expect(try inARow("Kim") == count, "another one's are another one's")
        }
        try observe("KIM", .angry)
        #expect(try inARow("kim") == 2, "names compare without case")
        #expect(try inARow("Lee") == 0)
        #expect(try inARow("Ki") == 0)
    }

    @Test("they are looked for among the latest observations only, on the index of these")
    func plan() throws {
        let plans = try PlannedStatements().of { _ = try $0.guidance(ofCase: 1) }
        #expect(plans.flatMap(\.scans) == [])
        for plan in plans { #expect(!plan.sorts, "\(plan)") }
        let statements = try PlannedStatements()
        for past in [false, true] {
            let plan = try statements.of(past: past) { _ = try $0.hotContactsInARow(of: "Kim") }
            #expect(plan.count == 1)
            #expect(
                plan.first?.steps == [
                    "SEARCH case_log USING INDEX case_log_counted (kind=? AND recorded_at<?)"
                ])
            #expect(plan.first?.sql.contains("LIMIT 200") == true)
        }
    }
}
