import CaseStore
import Complaints
import Hashing

/// What the page that follows a form says has been done, in its address (`done=keep.1772442000000.CODE`): a word, when it was done, and a
/// code of both with the session and the page, which nobody can make who lacks the database's key. So no link can have a page say that
/// something was done which was not, and one that is followed later, elsewhere or by somebody else says nothing.
struct PageFlash {
    private let key: HMACSHA256
    private let session: Session?
    /// The path of the page.
    private let page: String

    /// For how long it is said.
    private static let span = ElapsedTime.minutes(2)

    init(at page: String, of session: Session?, key: HMACSHA256) {
        self.page = page
        self.session = session
        self.key = key
    }

    /// What stands in the address.
    func text(_ word: String, at now: Instant) -> String {
        "\(word).\(now.milliseconds).\(Base64URL.encode(key.code(of: message(word, now.milliseconds))))"
    }

    /// The word of such a text; nil for one that was not made for this page and session just now.
    func word(of text: String, at now: Instant) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let made = Int64(parts[1]), String(made).isExactly(parts[1]),
            let code = Base64URL.decode(parts[2]), code.count == SHA256.size,
            key.isCode(code, of: message(parts[0], made)), Instant(milliseconds: made) <= now,
            now < Instant(milliseconds: made) + Self.span
        else { return nil }
        return parts[0]
    }

    private func message(_ word: String, _ milliseconds: Int64) -> [UInt8] {
        Array(
            "done of session \(session.map { "\($0.id) \($0.createdAt.rfc3339)" } ?? "none") \(word) \(milliseconds) \(page)"
                .utf8)
    }
}

extension PageCall {
    /// What the address of a page says of what has just been done there.
    ///
    /// - Parameters:
    ///   - word: without a point.
    ///   - path: of the page, percent-encoded.
    package func flash(_ word: String, at path: String) -> String {
        PageFlash(at: path, of: call.visit?.session, key: call.service.store.cursorKey).text(word, at: now)
    }

    /// The word of what has just been done here, by whoever asks; nil for what anybody else wrote into the address.
    package var flashed: String? {
        let flash = PageFlash(at: head.path, of: call.visit?.session, key: call.service.store.cursorKey)
        return head.parameter("done").flatMap { flash.word(of: $0, at: now) }
    }
}
