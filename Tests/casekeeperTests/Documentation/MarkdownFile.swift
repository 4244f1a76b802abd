import Foundation
import Testing

/// A page of the documentation.
struct MarkdownFile: Sendable, CustomTestStringConvertible {
    /// From the root of the repository.
    let path: String
    let text: String

    var testDescription: String { path }

    /// Every one of the repository, by path; what was built is none of it.
    static let all: [MarkdownFile] = {
        let paths = FileManager.default.enumerator(atPath: Repository.root.path)
        var files: [MarkdownFile] = []
        while let path = paths?.nextObject() as? String {
            if path.hasPrefix(".") {
                paths?.skipDescendants()
            } else if path.hasSuffix(".md"),
                let text = try? String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
            {
                files.append(MarkdownFile(path: path, text: text))
            }
        }
        return files.sorted { $0.path < $1.path }
    }()

    static func at(_ path: String) throws -> MarkdownFile {
        guard let file = all.first(where: { $0.path == path }) else { throw CocoaError(.fileNoSuchFile) }
        return file
    }

    /// What `<!-- desk: NAME -->` says its sessions begin with: the sessions of another page, or a file of `Fixtures`.
    var desk: String? { text.firstMatch(of: /<!-- desk: (\S+) -->/).map { String($0.1) } }

    /// The scripts of its ```sh blocks, in order.
    var scripts: [String] { text.matches(of: /```sh\n((?s:.*?))```/).map { String($0.1) } }

    /// What stands under a heading, up to the next one of any level.
    func section(_ heading: String) -> Substring? {
        guard let range = text.firstRange(of: "\n\(heading)\n") else { return nil }
        let rest = text[range.upperBound...]
        return rest[..<(rest.firstRange(of: "\n#")?.lowerBound ?? rest.endIndex)]
    }

    /// Without blocks of code.
    var prose: String { text.replacing(/(?m)^```[^\n]*\n(?s:.*?)^```$/, with: "") }

    /// Where a link may lead in each page, by its path: read once, as the reference has thousands of links into itself.
    static let anchors = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0.anchors) })

    /// Where a link may lead: the headings as GitHub names them, and named places.
    private var anchors: Set<String> {
        let headings = prose.matches(of: /(?m)^#+ (.*)$/).map { match in
            match.1.lowercased().replacing(/[^a-z0-9 _-]/, with: "").replacing(" ", with: "-")
        }
        return Set(headings + text.matches(of: /<a name="([^"]+)">/).map { String($0.1) })
    }
}
