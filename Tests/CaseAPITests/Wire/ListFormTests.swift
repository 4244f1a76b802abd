import Complaints
import Testing

@testable import CaseAPI

@Suite("Lists as CSV")
struct ListFormTests {
    @Test("have each column once, whatever the items are", arguments: ReadTarget.lists.map(\.path))
    func columns(path: String) throws {
        let desk = try TestDesk()
        try desk.openCase()
        var client = desk.client
        client.standing = ["Authorization": try desk.token(.admin).field]
        let text = try client.send("GET", path + "?format=csv").text
        let names = text.prefix { $0 != "\r\n" }.split(separator: ",")
        #expect(names.count > 1)
        #expect(Set(names).count == names.count)
    }
}
