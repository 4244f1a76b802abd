import Foundation
import Testing

@testable import Board

/// As much of a browser as the board needs: it keeps one cookie, says where its forms come from, and follows nothing by itself.
struct Browser: Sendable {
    let port: UInt16
    /// As it is sent: `casekeeper=…`.
    var cookie = ""

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    func get(_ target: String, _ fields: [String: String] = [:]) throws -> BrowsedPage {
        try send("GET", target, fields)
    }

    /// Sends a form of the page that is at `page`, with its token.
    func submit(
        _ form: [(String, String)], to target: String, of page: String, _ fields: [String: String] = [:]
    ) throws -> BrowsedPage {
        let token = try #require(try get(page).formToken)
        return try post([("form_token", token)] + form, to: target, fields)
    }

    /// Sends a form as it is.
    func post(_ form: [(String, String)], to target: String, _ fields: [String: String] = [:]) throws -> BrowsedPage {
        let body = form.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        var all = [
            "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost:\(port)",
            "Sec-Fetch-Site": "same-origin",
        ]
        all.merge(fields) { $1 }
        let page = try send("POST", target, all, Array(body.utf8))
        // A login leads to where somebody wanted to go, and answers nothing.
        guard page.status == 303, target != LoginPage.path, let place = page.fields["location"],
            place.hasPrefix(AnswerPage.root)
        else { return page }
        // An answer that is a page of its own is what came of the form.
        let answer = try get(place)
        return BrowsedPage(answer, at: place)
    }

    /// Logs in by the form, and keeps the cookie.
    @discardableResult
    mutating func logIn(_ token: String, name: String = "") throws -> BrowsedPage {
        let page = try submit([("token", token), ("name", name)], to: "/board/login", of: "/board/login")
        if let field = page.fields["set-cookie"], let pair = field.split(separator: ";").first { cookie = String(pair) }
        return page
    }

    /// Sends a request; a field whose value is empty is left out.
    func send(
        _ method: String, _ target: String, _ fields: [String: String] = [:], _ body: [UInt8]? = nil
    ) throws -> BrowsedPage {
        var all = ["Host": "localhost:\(port)", "Connection": "close", "Cookie": cookie, "Accept": "text/html"]
        if let body { all["Content-Length"] = String(body.count) }
        all.merge(fields) { $1 }
        let lines = all.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return BrowsedPage(try exchange(Array("\(method) \(target) HTTP/1.1\r\n\(lines)\r\n".utf8) + (body ?? [])))
    }

    private func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure(call: "connect", code: errno) }
        var rest = request[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { answer += buffer[..<count] }
        return answer
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }.joined()
    }
}

/// What came back.
struct BrowsedPage: Sendable {
    let status: Int
    /// By name in lower case.
    let fields: [String: String]
    let html: String
    /// Where it was led to; nil where it was answered itself.
    private(set) var place: String?

    init(_ page: BrowsedPage, at place: String) {
        self = page
        self.place = place
    }

    init(_ bytes: [UInt8]) {
        let headEnd = bytes.place(of: Array("\r\n\r\n".utf8)) ?? bytes.count
        var lines = String(decoding: bytes[..<headEnd], as: UTF8.self).components(separatedBy: "\r\n")
        let statusLine = lines.removeFirst().split(separator: " ")
        status = statusLine.count > 1 ? Int(statusLine[1]) ?? 0 : 0
        fields = Dictionary(
            lines.compactMap { line in
                line.firstIndex(of: ":").map {
                    (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
                }
            }, uniquingKeysWith: { "\($0), \($1)" })
        html = String(decoding: bytes.dropFirst(headEnd + 4), as: UTF8.self)
    }

    /// The token of the first form that has one.
    var formToken: String? {
        guard let start = html.range(of: "name=\"form_token\" value=\"") else { return nil }
        return String(html[start.upperBound...].prefix { $0 != "\"" })
    }

    /// Whether those bytes are in it, exactly.
    func has(_ text: String) -> Bool { text.isEmpty || Array(html.utf8).place(of: Array(text.utf8)) != nil }
}

extension [UInt8] {
    /// Where those bytes, of which there is one at least, are; by C's search, as pages are long, and a loop over their bytes
    /// slow without optimisation.
    fileprivate func place(of sought: [UInt8]) -> Int? {
        withUnsafeBytes { bytes in
            var next = 0
            while next + sought.count <= bytes.count,
                let found = memchr(bytes.baseAddress! + next, Int32(sought[0]), bytes.count - next - sought.count + 1)
            {
                if memcmp(found, sought, sought.count) == 0 { return UnsafeRawPointer(found) - bytes.baseAddress! }
                next = UnsafeRawPointer(found) - bytes.baseAddress! + 1
            }
            return nil
        }
    }
}
