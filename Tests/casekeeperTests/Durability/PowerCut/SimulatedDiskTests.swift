import Foundation
import TestSupport
import Testing

@Suite("The disk that power cuts are tried on")
struct SimulatedDiskTests {
    let folder = try! TemporaryFolder()

    /// The disk after processes that did that, one after the other, as strace writes it.
    private func disk(after processes: [String]) throws -> SimulatedDisk {
        var trace = Trace()
        for (index, calls) in processes.enumerated() {
            try folder.write(calls, to: "trace-\(index)")
            try trace.append(contentsOf: folder.path("trace-\(index)"))
        }
        var disk = SimulatedDisk(folder: "/d", files: ["/d/f": []])
        for event in trace.events { try disk.take(event, of: trace) }
        return disk
    }

    private func isFound(_ bytes: String, on disk: SimulatedDisk) -> Bool {
        disk.contents()["/d/f"] == Array(bytes.utf8)
            && (0..<200).allSatisfy { seed in
                var random = SeededRandom(UInt64(seed))
                return disk.contents(surviving: &random)["/d/f"] == Array(bytes.utf8)
            }
    }

    @Test("keeps what was synced, whatever else was written by then")
    func synced() throws {
        let calls = #"""
            1 pwrite64(3<\x2f\x64\x2f\x66>, "\x41", 1, 0) = 1
            1 fdatasync(3<\x2f\x64\x2f\x66>) = 0

            """#
        #expect(try isFound("A", on: disk(after: [calls])))
        let more = #"1 pwrite64(3<\x2f\x64\x2f\x66>, "\x42", 1, 0) = 1"# + "\n"
        #expect(try !isFound("A", on: disk(after: [calls + more])))
    }

    /// strace has no end of a call whose process was killed in it, or one without a result.
    @Test(
        "has nothing of a killed process to come over what the next one has synced",
        arguments: [
            #"1 pwrite64(3<\x2f\x64\x2f\x66>, "\x41", 1, 0 <unfinished ...>"#,
            #"1 pwrite64(3<\x2f\x64\x2f\x66>, "\x41", 1, 0) = ?"#,
            #"""
            1 pwrite64(3<\x2f\x64\x2f\x66>, "\x41", 1, 0 <unfinished ...>
            1 <... pwrite64 resumed>) = ?
            """#,
        ])
    func killed(call: String) throws {
        let first = "\(call)\n1 +++ killed by SIGKILL +++\n"
        let second = #"""
            2 pwrite64(3<\x2f\x64\x2f\x66>, "\x42", 1, 0) = 1
            2 fdatasync(3<\x2f\x64\x2f\x66>) = 0

            """#
        #expect(try isFound("B", on: disk(after: [first, second])))
    }
}
