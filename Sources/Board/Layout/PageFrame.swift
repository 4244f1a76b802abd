import Synchronization

/// What stands before and after the content of a page, as bytes. A page's content may be long, and is copied once: no template is
/// rendered with it inside.
struct PageFrame: Sendable {
    private let head: [UInt8]
    private let foot: [UInt8]

    /// What a template is given for the content: no text that is escaped, and no template, has a NUL in it (`ExactEscaping`).
    static let mark = "\0"

    /// - Precondition: `html` has the mark in it, once.
    init(_ html: String) {
        let parts = Array(html.utf8).split(separator: 0, omittingEmptySubsequences: false)
        precondition(parts.count == 2, "the layout has one place for the content")
        (head, foot) = (Array(parts[0]), Array(parts[1]))
    }

    /// How many bytes it has.
    var count: Int { head.count + foot.count }

    /// The page with that content.
    func page(_ content: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + content.count)
        bytes.append(contentsOf: head)
        bytes.append(contentsOf: content)
        bytes.append(contentsOf: foot)
        return bytes
    }
}

/// The frames of pages that were shown lately. A frame follows from what is said in it alone, and to render one takes longer than
/// all else of a page that is remembered.
final class PageFrames: Sendable {
    private let kept = Mutex<[[UInt8]: PageFrame]>([:])

    /// How many there are at most, and how long each: with these, all of them have some megabytes.
    static let most = 256
    static let longest = 16 * 1024

    /// The frame under that key, which has all that it is made of.
    func frame(_ key: [UInt8], _ make: () -> PageFrame) -> PageFrame {
        if let frame = kept.withLock({ $0[key] }) { return frame }
        let frame = make()
        guard key.count + frame.count <= Self.longest else { return frame }
        kept.withLock { frames in
            if frames.count >= Self.most { frames.removeAll(keepingCapacity: true) }
            frames[key] = frame
        }
        return frame
    }

    /// How many are kept.
    var count: Int { kept.withLock(\.count) }
}
