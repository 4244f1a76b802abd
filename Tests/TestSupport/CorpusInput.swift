import Foundation

/// An input that fuzzing started from or found.
public struct CorpusInput: Sendable {
    /// Of its file.
    public let name: String
    /// The file.
    public let bytes: [UInt8]

    /// Every input of the folder `Corpus` beside a source file, by name, so that `make fuzz` and the tests read and
    /// write the same folder.
    public static func all(beside file: String) throws -> [CorpusInput] {
        let corpus = URL(filePath: file).deletingLastPathComponent().appending(path: "Corpus")
        return try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted().map { name in
            CorpusInput(name: name, bytes: Array(try Data(contentsOf: corpus.appending(path: name))))
        }
    }

    /// Every beginning of it, the whole included; of a long one only the whole.
    public var beginnings: [[UInt8]] {
        bytes.count > 200 ? [bytes] : (0...bytes.count).map { Array(bytes[..<$0]) }
    }
}
