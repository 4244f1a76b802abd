import Complaints
import Foundation

@testable import Board
@testable import CaseAPI

/// The texts that other programs choke on, as the tests of the API's clients read them too: `Tests/Clients/nasty_texts.json`.
enum NastyTexts {
    static let all: [String] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Clients/nasty_texts.json")
        guard let bytes = try? Data(contentsOf: file), let groups = try? JSONParser.value(of: Array(bytes)) else {
            preconditionFailure("\(file.path) can't be read")
        }
        return groups.members.flatMap(\.value.items).map { text in
            text.text
                ?? text.items.map { run in
                    String(repeating: run["text"].text ?? "", count: Int(run["times"].integer ?? 0))
                }.joined()
        }
    }()

    /// A text for a field of one line, which takes no line break.
    static func line(_ text: String, longest: Int) -> String {
        let breaks: Set<UInt32> = [0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029]
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longest) {
            if breaks.contains(scalar.value) {
                line.append(contentsOf: "<\(String(scalar.value, radix: 16))>".unicodeScalars)
            } else {
                line.append(scalar)
            }
        }
        return String(line)
    }
}

/// A page as HTML's tokenizer would see it, as far as ours go: elements with the names of their attributes, each value in quotation
/// marks, and nothing that only looks like one.
struct PageShape {
    /// Each element, and each with an attribute that it has: `a`, `a[class]`, `a[href]`.
    private(set) var tags: Set<String> = []
    /// What is no tag though it begins like one.
    private(set) var faults: [String] = []

    init(_ html: String) {
        var rest = Array(html.utf8)[...]
        while let start = Self.next(UInt8(ascii: "<"), in: rest) {
            rest = rest[start...]
            guard let (shapes, end) = Self.tag(rest) else {
                faults.append(String(decoding: rest.prefix(80), as: UTF8.self))
                rest = rest.dropFirst()
                continue
            }
            tags.formUnion(shapes)
            rest = rest[end...]
        }
    }

    private static func tag(_ bytes: ArraySlice<UInt8>) -> (shapes: [String], end: Int)? {
        if bytes.starts(with: "<!doctype html>".utf8) { return (["!doctype"], bytes.startIndex + 15) }
        var at = bytes.startIndex + 1
        var name: [UInt8] = []
        if at < bytes.endIndex, bytes[at] == UInt8(ascii: "/") {
            name.append(bytes[at])
            at += 1
        }
        while at < bytes.endIndex, isName(bytes[at]) {
            name.append(bytes[at])
            at += 1
        }
        guard let last = name.last, isName(last) else { return nil }
        var attributes: [String] = []
        while at < bytes.endIndex {
            switch bytes[at] {
            case UInt8(ascii: ">"):
                let element = String(decoding: name, as: UTF8.self)
                return ([element] + attributes.map { "\(element)[\($0)]" }, at + 1)
            case UInt8(ascii: "/") where at + 1 < bytes.endIndex && bytes[at + 1] == UInt8(ascii: ">"): at += 1
            case UInt8(ascii: " "), 0x0A:
                at += 1
                let start = at
                while at < bytes.endIndex, isName(bytes[at]) { at += 1 }
                guard at > start else { continue }
                attributes.append(String(decoding: bytes[start..<at], as: UTF8.self))
                guard at < bytes.endIndex, bytes[at] == UInt8(ascii: "=") else { continue }
                guard at + 1 < bytes.endIndex, bytes[at + 1] == UInt8(ascii: "\""),
                    let end = next(UInt8(ascii: "\""), in: bytes[(at + 2)...]),
                    next(UInt8(ascii: "<"), in: bytes[(at + 2)..<end]) == nil,
                    next(UInt8(ascii: ">"), in: bytes[(at + 2)..<end]) == nil
                else { return nil }
                at = end + 1
            default: return nil
            }
        }
        return nil
    }

    /// Where a byte comes next; by C's search, as there are hundreds of pages, and a loop is slow without optimisation.
    private static func next(_ byte: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBytes { all in
            all.baseAddress.flatMap { base in
                memchr(base, Int32(byte), all.count).map { bytes.startIndex + (UnsafeRawPointer($0) - base) }
            }
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "_")
    }
}
