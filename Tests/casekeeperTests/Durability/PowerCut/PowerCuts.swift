import CaseStore
import Foundation
import TestSupport

/// Cuts the power at many moments of a recording, and looks at what is left each time.
struct PowerCuts {
    /// What was found, a line each, with the place in the trace.
    private(set) var lost: [String] = []
    private(set) var damaged: [String] = []
    private(set) var cuts = 0
    /// Acknowledged changes whose answer is in the trace.
    private(set) var answers = 0

    /// - Parameters:
    ///   - variants: how many times a moment is tried with some of what was not synced, beside once with none of it.
    ///   - others: how many moments are tried beside those at which an answer is sent.
    init(
        _ trace: Trace, of recording: Recording, acknowledged: [AcknowledgedChange], variants: Int, others: Int,
        random: inout SeededRandom
    ) throws {
        let byID = Dictionary(uniqueKeysWithValues: acknowledged.map { ($0.requestID, $0) })
        var chosen = Set((0..<others).map { _ in trace.events.indices.randomElement(using: &random) ?? 0 })
        chosen.insert(0)
        var disk = SimulatedDisk(folder: recording.data.path)
        var known: [AcknowledgedChange] = []
        var named = Set<[String: [UInt8]]>()
        for (index, event) in trace.events.enumerated() {
            // Whoever is about to read an answer may rely on it: before its first byte leaves, it has to be on disk.
            let answered = Self.requestIDs(event, trace).compactMap { byID[$0] }
            known += answered
            if !answered.isEmpty || chosen.contains(index) {
                try cut("event \(index)", disk.contents(), recording, known)
                for variant in 0..<variants {
                    let contents = disk.contents(surviving: &random)
                    try cut("event \(index), variant \(variant)", contents, recording, known)
                }
            }
            try disk.take(event, of: trace)
            // Names change a few times only, and each order in which they come to disk is another state.
            for found in disk.contentsOfEachChoiceOfNames() where named.insert(found).inserted {
                try cut("after event \(index)", found, recording, known)
            }
        }
        answers = known.count
    }

    private static func requestIDs(_ event: Trace.Event, _ trace: Trace) -> [String] {
        guard case .began(let index) = event, ["sendto", "sendmsg"].contains(trace.calls[index].name),
            // What goes to the kernel itself, as a question whose a socket is, strace shows as a structure.
            trace.calls[index].text(1).first == "\""
        else { return [] }
        let text = String(decoding: trace.calls[index].bytes(1), as: UTF8.self).lowercased()
        return text.matches(of: /\r\nx-request-id: (\S+)\r\n/).map { String($0.1) }
    }

    private mutating func cut(
        _ place: String, _ files: [String: [UInt8]], _ recording: Recording, _ known: [AcknowledgedChange]
    ) throws {
        cuts += 1
        let folder = try TemporaryFolder(inMemory: true)
        for (path, bytes) in files { try folder.write(bytes, to: URL(filePath: path).lastPathComponent) }
        let path = folder.path("casekeeper.db")
        do {
            let findings = try CaseStore(path: path).makeReader().verify().findings
            if !findings.isEmpty { damaged.append("\(place): \(findings)") }
            let missing = try Ledger.missing(known, at: path)
            if !missing.isEmpty { lost.append("\(place): \(missing.count) of \(known.count), \(missing[0])") }
        } catch {
            damaged.append("\(place): \(error)")
        }
    }
}
