import CaseAPI
import HTTPServer
import HTTPTypes

/// Where a form's address leads whoever opens it, be it by the address bar after a refusal or after a new login: to the nearest
/// page above it.
enum FormAddress {
    /// The page of a path; nil where no page is above it.
    static func page(of path: String) -> String? {
        var segments = path.split(separator: "/")
        while !segments.isEmpty {
            if views.contains(where: { isOf($0, segments) }) { return "/" + segments.joined(separator: "/") }
            segments.removeLast()
        }
        return nil
    }

    /// The page on which a form that was sent stood: as the browser says (RFC 9110 section 10.1.3), or the one above its address.
    /// Of what the browser says only path and query count.
    static func page(ofSent head: PageHead) -> String? {
        guard let address = head.field(.referer)?.ascii, let scheme = address.firstRange(of: "://"),
            let slash = address[scheme.upperBound...].utf8.firstIndex(of: UInt8(ascii: "/"))
        else { return page(of: head.path) }
        let target = String(address[slash...].prefix { $0 != "#" })
        // What is kept is one session's, which has ended.
        let isKept = target.utf8.elementsEqual(KeptPage.path.utf8) || target.utf8.starts(with: AnswerPage.root.utf8)
        return isPage(target) && !isKept ? target : page(of: head.path)
    }

    /// Whether a target, as it comes in a request, is that of a page of the board that can be opened: so that nobody is led anywhere
    /// else after a login.
    static func isPage(_ target: String) -> Bool {
        let bytes = target.utf8
        // What else browsers read as the end of a path, or as the beginning of a host (URL Standard section 4.4), is in no target.
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") }) else {
            return false
        }
        let segments = target.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = segments.first, first.isEmpty, segments.dropFirst().allSatisfy({ !$0.isEmpty }) else {
            return false
        }
        return pages.contains { isOf($0, Array(segments.dropFirst())) }
    }

    /// Those to be looked at by who was let in.
    private static let pages = Board.pages.filter { page in
        page.isPage && page.pattern.utf8.starts(with: "/board".utf8)
            && !page.pattern.utf8.starts(with: LoginPage.path.utf8)
            && !page.pattern.utf8.starts(with: Asset.root.utf8)
    }.map { $0.pattern.split(separator: "/") }

    private static let views = Board.pages.filter(\.isPage).map { $0.pattern.split(separator: "/") }

    private static func isOf(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        pattern.count == path.count && !pattern.isEmpty
            && zip(pattern, path).allSatisfy { $0.utf8.first == UInt8(ascii: "{") || $0.utf8.elementsEqual($1.utf8) }
    }
}
