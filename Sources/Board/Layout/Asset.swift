import CaseAPI
import HTTPServer
import HTTPTypes
import Hashing

/// A file that pages need besides themselves. Its address has its hash in it, so it never changes, and whoever has it need not
/// ask again (RFC 8246).
struct Asset: Sendable {
    let name: String
    let type: String
    private let body: KeptBody
    private let hash: String

    /// Every one there is: a new one is a file in `Assets` and two lines here.
    static let all = [stylesheet, script, words]
    static let stylesheet = Asset("board.css", "text/css; charset=utf-8", PackageResources.board_css)
    static let script = Asset("board.js", "text/javascript; charset=utf-8", PackageResources.board_js)

    /// What the script calls what happens.
    static let words = Asset("words.json", "application/json", Live.words)

    private init(_ name: String, _ type: String, _ bytes: [UInt8]) {
        self.name = name
        self.type = type
        body = KeptBody(bytes)
        hash = SHA256.hash(bytes).prefix(12).map { byte in
            let digits = Array("0123456789abcdef")
            return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }.joined()
    }

    /// What the addresses of all begin with.
    static let root = "/board/assets/"

    /// Where it is.
    var path: String { "\(Self.root)\(hash)/\(name)" }

    static let pages: [PageRoute] = [
        .view("/board/assets/{hash}/{name}", nil) { call in
            try call.head.requireParameters()
            let (hash, name) = (call.captured[0], call.captured[1])
            guard let asset = all.first(where: { $0.isCalled(name) && $0.has(hash) }) else {
                throw PageProblem.missing("asset of that name and hash")
            }
            return PageView { _ in asset.response(to: call.head) }
        }
    ]

    private func isCalled(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
    private func has(_ hash: String) -> Bool { self.hash.utf8.elementsEqual(hash.utf8) }

    private func response(to head: PageHead) -> Response {
        let tag = "\"\(hash)\""
        // A weak comparison of what may be a list; whatever is no such tag asks for the file.
        let isHeld = head.field(.ifNoneMatch)?.ascii.map { $0.contains(hash) } ?? false
        let fields: HTTPFields = [
            .contentType: type, .eTag: tag, .cacheControl: "public, max-age=31536000, immutable",
        ]
        guard !isHeld else { return Response(status: .notModified, headerFields: fields) }
        var response = Response(status: .ok, headerFields: fields, kept: body)
        response.isCodable = true
        return response
    }
}
