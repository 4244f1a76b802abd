import Complaints
import Hashing

/// Projection of what is answered: the members that `fields` asks for, and of those that are objects some members in
/// turn. It is made of names that there are.
struct FieldSelection: Sendable, Hashable {
    /// By name; nothing of a member's own for all of it.
    private var parts: [String: FieldSelection] = [:]

    /// What of a member is asked for: all of it where that is empty. Nil where it is not asked for.
    subscript(name: String) -> FieldSelection? { parts[name] }

    var isEmpty: Bool { parts.isEmpty }

    /// Adds the member that a path of names leads to.
    fileprivate mutating func insert(_ path: ArraySlice<String>) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            // All of it, whatever of it was asked for before.
            parts[name] = FieldSelection()
            return
        }
        var part = parts[name] ?? FieldSelection()
        if let known = parts[name], known.isEmpty { return }
        part.insert(path.dropFirst())
        parts[name] = part
    }

    /// Each member once, sorted: the same for all texts that ask for the same.
    private var paths: [String] {
        parts.flatMap { name, part in part.isEmpty ? [name] : part.paths.map { "\(name).\($0)" } }.sorted()
    }

    /// What tells representations with other members apart, in hexadecimal digits.
    var digest: String { Self.digest(of: paths.joined(separator: ",").utf8) }

    /// The beginning of a hash, in hexadecimal digits.
    static func digest(of bytes: some Sequence<UInt8>) -> String {
        SHA256.hash(bytes).prefix(digestLength / 2).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    static let digestLength = 16
}

/// The name of a member of what is answered, and those of its own members.
struct MemberName: Sendable, Hashable {
    let name: String
    /// None where it is no object, nor a list of objects.
    var parts: [MemberName] = []
}

extension QueryReader {
    /// So long a list of fields may be: all that there are are fewer.
    private static let fieldsLimit = 4000

    /// Which members of what is answered somebody wants; nil for all of them.
    ///
    /// - Parameter known: those that there are.
    mutating func fields(among known: [MemberName]) -> FieldSelection? {
        let text = text(
            "fields",
            "Sends these members alone, with commas between them; one of an object, or of the objects of a list, has a dot "
                + "before it: id,customer.name. In CSV, their columns.",
            example: .null, Schema(["type": "string", "pattern": "^[a-z_]+([.][a-z_]+)*(,[a-z_]+([.][a-z_]+)*)*$"]),
            limit: Self.fieldsLimit)
        guard let text else { return nil }
        var selection = FieldSelection()
        var budget = SearchBudget()
        for item in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let item = String(Substring(item)).trimmingSpaces
            if let path = path(item, among: known, within: &budget) { selection.insert(path[...]) }
        }
        return selection
    }

    /// The names that one field is asked for by, as they are known; nil where there is no such member, which is an issue.
    private mutating func path(
        _ text: Substring, among known: [MemberName], within budget: inout SearchBudget
    ) -> [String]? {
        var path: [String] = []
        var members = known
        for name in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            let name = ExactText(Substring(name))
            if let member = members.first(where: { ExactText($0.name) == name }) {
                path.append(member.name)
                members = member.parts
                continue
            }
            let before = path.map { $0 + "." }.joined()
            guard !members.isEmpty else {
                issue(
                    "fields", .unknownField,
                    "\"\(text.prefix(80))\": \(path.joined(separator: ".")) has no fields of its own.")
                return nil
            }
            let likely = NearestName.nearest(to: name.string, among: members.map(\.name), within: &budget)
            let list = members.map { before + $0.name }.joined(separator: ", ")
            issue(
                "fields", .unknownField,
                "\"\(text.prefix(80))\" is no field here."
                    + (likely.map { " Did you mean \(before)\($0)?" } ?? "")
                    + (budget.take(list.utf8.count) ? " Known: \(list)." : ""))
            return nil
        }
        return path
    }
}

extension Shown {
    /// Its name, and those of what is in it.
    var memberName: MemberName { MemberName(name: name, parts: parts) }
}

extension Array {
    /// Those that are asked for, as far as they are.
    func selected<Item>(_ selection: FieldSelection) -> [Shown<Item>] where Element == Shown<Item> {
        compactMap { member in
            guard let part = selection[member.name] else { return nil }
            return part.isEmpty ? member : member.selecting?(part) ?? member
        }
    }
}

extension EntityTag {
    /// That of a representation of the same state with some members alone.
    func selecting(_ selection: FieldSelection?) -> EntityTag {
        guard let selection else { return self }
        return EntityTag(opaque: "\(opaque)\(Self.beforeDigest)\(selection.digest)")
    }

    /// No other tag has it.
    private static let beforeDigest = "~"

    /// Whether these bytes are the tag of this state, or that of one with some members alone.
    func isState(of bytes: some Collection<UInt8>) -> Bool {
        guard bytes.starts(with: opaque.utf8) else { return false }
        let rest = bytes.dropFirst(opaque.utf8.count)
        guard rest.starts(with: Self.beforeDigest.utf8) else { return rest.isEmpty }
        let digest = rest.dropFirst(Self.beforeDigest.utf8.count)
        return digest.count == FieldSelection.digestLength
            && digest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
