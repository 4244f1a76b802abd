import Testing

@testable import CaseAPI

@Suite("As of an instant before all databases")
struct EarliestInstantTests {
    @Test("everything that is read says what there was, which is little, and nothing is damaged")
    func everyRead() throws {
        let desk = try TestDesk()
        try desk.openCases(2)
        try desk.nameKim()
        var asked = 0
        for target in ReadTarget.all where try target.takesAsOf(desk.client) {
            for instant in ["0001-01-01T00:00:00Z", "0070-05-05T22:40:04.1%2B23:50", "1969-12-31T23:59:59.999Z"] {
                let answer = try desk.client.get(target.with("as_of=\(instant)"))
                #expect([200, 404].contains(answer.status), "\(target) as of \(instant): \(answer.response.text)")
                asked += 1
            }
        }
        #expect(asked > 60)
        let preview = try desk.client.post("/v1/policies/preview?as_of=0612-04-24T05:39:38Z", "{}")
        #expect(preview.status == 200 && preview["policy"].text == "normal", "\(preview.response.text)")
    }
}
