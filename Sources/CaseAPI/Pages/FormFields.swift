import Complaints
import Hashing

/// What a form of a page brought: `application/x-www-form-urlencoded` (URL Standard section 5.1).
package struct FormFields: Sendable {
    private let parameters: QueryParameters

    /// - Throws: 400 for what no form sends, a field that is there twice among it: neither of its values is more meant than the other.
    init(_ body: [UInt8]) throws(Problem) {
        // What is no ASCII is percent-encoded by whatever sends forms.
        guard body.allSatisfy({ $0 < 0x80 }) else {
            throw Problem(.malformedRequest, "What was sent is not encoded as forms are. Nothing has changed.")
        }
        let count = body.isEmpty ? 0 : body.count(where: { $0 == UInt8(ascii: "&") }) + 1
        guard count <= Self.most else {
            throw Problem(
                .malformedRequest,
                "The form has \(count) fields, and no form has more than \(Self.most). Nothing has changed.")
        }
        do {
            // A NUL is a fault of the field that has it, as in a body of the API.
            parameters = try QueryParameters(String(decoding: body, as: UTF8.self), takesNUL: true)
        } catch {
            throw Problem(.malformedRequest, "What was sent is not encoded as forms are. Nothing has changed.")
        }
        var seen: Set<ExactText> = []
        guard let twice = parameters.pairs.first(where: { !seen.insert($0.name).inserted })?.name else { return }
        throw Problem(
            .malformedRequest,
            "The form has the field \(twice.prefix(scalars: 100)) more than once: send one value of it. "
                + "Nothing has changed.")
    }

    /// What has a page show a form with what was typed, and not do what it asks for: it comes from before a login.
    package static let kept = "kept"

    /// Whether it is only to be shown.
    package var isKept: Bool { self[Self.kept] != nil }

    /// Whether that is so as its page was made for a session that its reader has left for another one.
    package var isFromBefore: Bool { self[Self.kept]?.isExactly(Self.before) ?? false }

    private static let before = "before"

    /// What the name of a field begins with that is kept for another form, while somebody logs in.
    private static let prefix = "kept:"

    /// The longest form, in bytes.
    static let longest = 1 << 20

    /// The longest form that is kept: the login that keeps it is a form, and has more in it.
    static let longestKept = longest - 32 * 1024

    /// The fields of a form that was sent after its session had ended, as hidden ones of the login; none where nothing is to be kept.
    package var keeping: [(name: String, value: String)] {
        let own = own
        guard own.contains(where: { !$0.value.isEmpty }), own.count < Self.most - 16 else { return [] }
        return own.map { (Self.prefix + $0.name, $0.value) }
    }

    /// What the name of a field begins with that has a name which was asked about: another one may have been meant.
    package static let asked = "asked:"
    /// What the name of a button begins with that says which one was meant.
    package static let meant = "meant:"

    /// The same with what was meant by what was typed, where somebody said so, and has not typed over it since.
    var asMeant: FormFields {
        let corrections = fields.filter { name, _ in
            name.utf8.starts(with: Self.meant.utf8) && isAskedAbout(String(name.dropFirst(Self.meant.count)))
        }.map { (name: String($0.name.dropFirst(Self.meant.count)), value: $0.value) }
        guard !corrections.isEmpty else { return self }
        let corrected = fields.compactMap { name, value -> (name: String, value: String)? in
            guard let correction = corrections.first(where: { $0.name.isExactly(name) }) else {
                let isDone = corrections.contains { correction in
                    [Self.asked, Self.meant].contains { name.isExactly($0 + correction.name) }
                }
                return isDone ? nil : (name, value)
            }
            return correction
        }
        return QueryParameters.encoded(corrected).flatMap { try? FormFields(Array($0.utf8)) } ?? self
    }

    /// Whether it was asked whether what is typed in a field is what was meant: sent again, it is.
    package func isAskedAbout(_ name: String) -> Bool {
        self[Self.asked + name].map { $0.isExactly(self[name] ?? "") } ?? false
    }

    /// Its fields but for those that say what it is.
    private var own: [(name: String, value: String)] {
        fields.filter { !$0.name.isExactly(FormToken.field) && !$0.name.isExactly(Self.kept) }
    }

    /// Who typed it, as a code that only the service can compare with a name; nil where the form does not say it.
    package var typedBy: String? { self[FormToken.field].flatMap(FormToken.person) }

    /// The same as one of a page from before its reader logged in anew, which is only to be shown.
    var fromBefore: FormFields? {
        guard let text = QueryParameters.encoded(own + [(Self.kept, Self.before)]) else { return nil }
        return try? FormFields(Array(text.utf8))
    }

    /// Those that were kept in a login, as the form that they are of, which is only to be shown; nil for none.
    var keptForm: FormFields? {
        let own = fields.filter { $0.name.utf8.starts(with: Self.prefix.utf8) }
            .map { (name: String($0.name.dropFirst(Self.prefix.count)), value: $0.value) }
        guard !own.isEmpty, let text = QueryParameters.encoded(own + [(Self.kept, "yes")]) else { return nil }
        return try? FormFields(Array(text.utf8))
    }

    /// The hidden fields of a login that keep a form.
    package var kept: [(name: String, value: String)] { fields.filter { $0.name.utf8.starts(with: Self.prefix.utf8) } }

    /// How many fields a form may have.
    private static let most = 512

    /// In the order they came, with one line feed at the end of each line, as they were typed: browsers send two characters
    /// (URL Standard section 5.2, HTML section 4.10.22.4).
    package var fields: [(name: String, value: String)] {
        parameters.pairs.map { ($0.name.string, Self.typed($0.value)) }
    }

    /// The value of a field; nil where there is none, or nothing in it.
    package subscript(_ name: String) -> String? {
        let name = ExactText(name)
        guard let value = parameters.pairs.first(where: { $0.name == name })?.value, !value.utf8.isEmpty else {
            return nil
        }
        return Self.typed(value)
    }

    private static func typed(_ text: ExactText) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(0x0D) else { return text.string }
        var typed: [UInt8] = []
        typed.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated()
        where byte != 0x0D || index + 1 == bytes.count || bytes[index + 1] != 0x0A {
            typed.append(byte == 0x0D ? 0x0A : byte)
        }
        return String(decoding: typed, as: UTF8.self)
    }
}

/// What shows that a form is of one of our own pages, and of the session of who sent it (a synchroniser token that need not be
/// remembered): a code of the session's number, which nobody can make who lacks the database's key. Behind it stands a code of who
/// looks at the page, by which it is known whose text it is once the session has ended.
struct FormToken {
    private let message: [UInt8]
    private let person: String?
    private let key: HMACSHA256

    /// The name of its field.
    static let field = "form_token"

    /// - Parameter person: who looks at the page; nil for nobody.
    init(of session: Session?, by person: String?, key: HMACSHA256) {
        self.person = person
        message = Array("form of session \(session.map { "\($0.id) \($0.createdAt.rfc3339)" } ?? "none")".utf8)
        self.key = key
    }

    /// What the form's field says.
    var text: String {
        let code = Base64URL.encode(key.code(of: message))
        return person.map { "\(code).\(Base64URL.encode(key.code(of: Self.message(by: $0))))" } ?? code
    }

    /// Of such a text the code of who looked at the page.
    static func person(of text: String) -> String? {
        text.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(text[$0...].dropFirst()) }
    }

    /// Whether such a code is that of a name; no name is that of none.
    static func isCode(_ text: String?, of name: String, key: HMACSHA256) -> Bool {
        guard let code = text.flatMap({ Base64URL.decode($0) }), code.count == SHA256.size else { return false }
        return key.isCode(code, of: message(by: name))
    }

    /// Names compare without case, as the rules do.
    private static func message(by name: String) -> [UInt8] {
        Array("form typed by ".utf8) + Array(FoldedName(name).text.utf8)
    }

    /// - Throws: 403 where the form was not made for who sent it.
    func require(_ form: FormFields) throws(Problem) {
        guard let sent = form[Self.field]?.utf8.prefix(while: { $0 != UInt8(ascii: ".") }),
            let code = Base64URL.decode(String(decoding: sent, as: UTF8.self)),
            code.count == SHA256.size,
            key.isCode(code, of: message)
        else {
            throw Problem(
                .forbidden,
                "The form is of another session, or of none of our pages. Nothing has changed: open the page again, and send it "
                    + "from there.")
        }
    }
}
