import CaseStore
import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("What an erasure says of where words still stand")
struct ErasureTraceTests {
    /// The codes in the answer to an erasure, and their details.
    private func warnings(of desk: TestDesk) throws -> [String: String] {
        try desk.openCase()
        let promise = try #require(try desk.client.get("/v1/promises?case_id=1")["items"].items.first?["id"].integer)
        let kept = try desk.client.post(
            "/v1/promises/\(promise)/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        try #require(kept.status == 200, "\(kept.response.text)")
        let erased = try desk.client.post("/v1/customers/1/erase", #"{"reason":"At their wish"}"#)
        #expect(erased.status == 200 && erased["name"].text == "[erased]")
        let again = try desk.client.post("/v1/customers/1/erase", #"{"reason":"At their wish"}"#)
        #expect(again["warnings"].items.count == erased["warnings"].items.count, "backups have it as before")
        return Dictionary(
            uniqueKeysWithValues: erased["warnings"].items.map { ($0["code"].text ?? "", $0["detail"].text ?? "") })
    }

    @Test("the log until it is emptied, the index until it is merged, and backups for as long as they are kept")
    func alone() throws {
        let warnings = try warnings(of: TestDesk())
        #expect(Set(warnings.keys) == ["words_in_log", "words_in_index", "words_in_backups"])
        #expect(warnings["words_in_log"]?.contains("until that is emptied") == true)
        #expect(warnings["words_in_backups"]?.contains("as long as it is kept") == true)
    }

    @Test("with Litestream, the replica for as long as that is set to keep it, and the log for longer")
    func replicated() throws {
        let desk = try TestDesk()
        let folder = URL(filePath: desk.store.path).deletingLastPathComponent().appending(path: ".desk.db-litestream")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let warnings = try warnings(of: desk)
        #expect(Set(warnings.keys) == ["words_in_log", "words_in_index", "words_in_replica", "words_in_backups"])
        #expect(warnings["words_in_log"]?.contains("Litestream stopped") == true)
        #expect(warnings["words_in_replica"]?.contains("snapshot.retention") == true)
    }
}
