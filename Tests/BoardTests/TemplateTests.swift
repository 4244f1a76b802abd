import Foundation
import Testing

@testable import Board

@Suite("Templates")
struct TemplateTests {
    @Test("each file is in the registry, and each part that one of them asks for is there")
    func complete() throws {
        let names = Templates.all.map(\.name)
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Sources/Board/Templates")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(names.map { "\($0).mustache" }))
        for (name, bytes) in Templates.all {
            // What there is not is rendered as nothing, without a word.
            for part in String(decoding: bytes, as: UTF8.self).matches(of: /\{\{> *([^}]*?) *\}\}/) {
                #expect(names.contains(String(part.1)), "\(name) asks for \(part.1)")
            }
        }
    }
}
