import Foundation
import Testing

@testable import casekeeper

@Suite("Messages to a pipe")
struct MessageOutputTests {
    private let pipe = Pipe()

    private var output: MessageOutput { MessageOutput(pipe.fileHandleForWriting.fileDescriptor) }

    /// What is in the pipe.
    private func read() -> String {
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = Foundation.read(descriptor, &buffer, buffer.count), count > 0 { all += buffer[..<count] }
        return String(decoding: all, as: UTF8.self)
    }

    private static func loss(_ count: Int) -> String { "\(count) lost\n" }

    @Test("go out as they are, with or without the end of a line")
    func plain() {
        var output = output
        for text in ["\r[##..]", "\r[###.]", "\rdone\n"] { output.write(text, afterLoss: Self.loss) }
        #expect(read() == "\r[##..]\r[###.]\rdone\n")
    }

    @Test("are lost when nobody reads them, and the next one that goes out says how many, on a line of its own")
    func stalled() {
        var output = output
        output.write("begin\n", afterLoss: Self.loss)
        for size in [100_000, 10, 10] {
            output.write(String(repeating: "x", count: size) + "\n", afterLoss: Self.loss)
        }
        let cut = read()
        #expect(cut.hasPrefix("begin\nxxx") && cut.hasSuffix("xxx"))
        for text in ["next\n", "last\n"] { output.write(text, afterLoss: Self.loss) }
        #expect(read() == "\n3 lost\nnext\nlast\n")
    }

    @Test("to a closed descriptor are lost")
    func closed() {
        var output = MessageOutput(-1)
        output.write("gone\n", afterLoss: Self.loss)
    }
}
