import Foundation

/// A system call that strace has seen.
struct TracedCall {
    let name: String
    let arguments: [ArraySlice<UInt8>]
    /// Nil for a call that the process did not live to see the end of.
    var result: Int?
    /// The path behind a descriptor that the call made.
    var resultPath: String?

    /// The path behind a descriptor, of one that has a name still.
    func path(_ index: Int) -> String? {
        let argument = argument(index)
        guard let start = argument.firstIndex(of: UInt8(ascii: "<")), argument.last == UInt8(ascii: ">") else {
            return nil
        }
        return String(decoding: Trace.unescaped(argument[(start + 1)...].dropLast()), as: UTF8.self)
    }

    /// The bytes of a string or a buffer.
    func bytes(_ index: Int) -> [UInt8] { Trace.unescaped(argument(index).dropFirst().dropLast()) }

    /// A path in quotes, taken from the folder behind the descriptor at `folder` if it does not begin at the root.
    func name(_ index: Int, in folder: Int? = nil) -> String {
        let name = String(decoding: bytes(index), as: UTF8.self)
        guard !name.hasPrefix("/"), let folder, let base = path(folder) else { return name }
        return "\(base)/\(name)"
    }

    func text(_ index: Int) -> String { String(decoding: argument(index), as: UTF8.self) }

    /// Nothing, of a call that was killed before strace had read its arguments: nor has it done anything.
    private func argument(_ index: Int) -> ArraySlice<UInt8> {
        arguments.indices.contains(index) ? arguments[index] : []
    }
}

/// What `strace -f -y -xx` wrote: calls, and the order in which they began and ended.
struct Trace {
    enum Event {
        case began(Int)
        case ended(Int)
        /// The process did not live to see its end: it has been done by then, or never will be.
        case abandoned(Int)
    }

    private(set) var calls: [TracedCall] = []
    private(set) var events: [Event] = []

    /// Reads a trace and appends it.
    mutating func append(contentsOf path: String) throws {
        /// The call that each thread is in.
        var open: [Int: Int] = [:]
        for line in try [UInt8](Data(contentsOf: URL(filePath: path))).split(separator: UInt8(ascii: "\n")) {
            guard let gap = line.firstIndex(of: UInt8(ascii: " ")),
                let thread = Int(String(decoding: line[..<gap], as: UTF8.self))
            else { throw TraceError(line: line) }
            let rest = line[gap...].drop { $0 == UInt8(ascii: " ") }
            switch rest.first {
            case UInt8(ascii: "+"), UInt8(ascii: "-"): continue
            case UInt8(ascii: "<"):
                guard let index = open.removeValue(forKey: thread) else { throw TraceError(line: line) }
                // Arguments that strace shows at the end of a call only are none of ours.
                (calls[index].result, calls[index].resultPath) = try Self.result(rest)
                events.append(.ended(index))
            default:
                let unfinished = Array(" <unfinished ...>".utf8)
                let isUnfinished = rest.suffix(unfinished.count).elementsEqual(unfinished)
                guard let start = rest.firstIndex(of: UInt8(ascii: "(")) else { throw TraceError(line: line) }
                let end: Int
                if isUnfinished {
                    end = rest.endIndex - unfinished.count
                } else {
                    guard let closing = Self.closing(rest) else { throw TraceError(line: line) }
                    end = closing
                }
                var call = TracedCall(
                    name: String(decoding: rest[..<start], as: UTF8.self),
                    arguments: Self.split(rest[(start + 1)..<max(end, start + 1)]))
                if !isUnfinished { (call.result, call.resultPath) = try Self.result(rest) }
                events.append(.began(calls.count))
                if isUnfinished { open[thread] = calls.count } else { events.append(.ended(calls.count)) }
                calls.append(call)
            }
        }
        events += open.values.sorted().map { .abandoned($0) }
    }

    /// `\x41\x42` as bytes.
    static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: text.count / 4)
        text.withUnsafeBufferPointer { text in
            bytes.withUnsafeMutableBufferPointer { bytes in
                for index in bytes.indices {
                    bytes[index] = digit(text[index * 4 + 2]) << 4 | digit(text[index * 4 + 3])
                }
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8 { byte < 58 ? byte - 48 : byte - 87 }

    /// Where the arguments end: before the last ` = `. Strings are escaped, so none holds one.
    private static func closing(_ line: ArraySlice<UInt8>) -> Int? {
        guard let equals = equals(line) else { return nil }
        return line[..<equals].lastIndex(of: UInt8(ascii: ")"))
    }

    private static func equals(_ line: ArraySlice<UInt8>) -> Int? {
        var index = line.endIndex - 3
        while index > line.startIndex {
            if line[index] == 32, line[index + 1] == UInt8(ascii: "="), line[index + 2] == 32 { return index }
            index -= 1
        }
        return nil
    }

    private static func result(_ line: ArraySlice<UInt8>) throws -> (Int?, String?) {
        guard let equals = equals(line) else { throw TraceError(line: line) }
        let text = line[(equals + 3)...]
        let number = text.prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "x") || isalnum(Int32($0)) != 0 }
        let word = String(decoding: number, as: UTF8.self)
        // A process that was killed in a call leaves "?".
        let result = word.hasPrefix("0x") ? 0 : Int(word)
        guard text.dropFirst(number.count).first == UInt8(ascii: "<"), text.last == UInt8(ascii: ">") else {
            return (result, nil)
        }
        let path = unescaped(text.dropFirst(number.count + 1).dropLast())
        return (result, String(decoding: path, as: UTF8.self))
    }

    private static func split(_ arguments: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var rest = arguments
        while let comma = rest.firstRange(of: [UInt8(ascii: ","), 32]) {
            parts.append(rest[..<comma.lowerBound])
            rest = rest[comma.upperBound...]
        }
        return rest.isEmpty ? parts : parts + [rest]
    }
}

struct TraceError: Error, CustomStringConvertible {
    let description: String

    init(line: ArraySlice<UInt8>) {
        description = "strace wrote what is not understood: \(String(decoding: line.prefix(200), as: UTF8.self))"
    }

    init(_ call: TracedCall) {
        description = "a call on the database's files that the simulated disk does not know: \(call.name)"
    }
}
