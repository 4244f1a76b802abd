import Foundation
import TestSupport

/// The files of a folder as a disk holds them, by what a trace says was done to them: what has been synced is there
/// for good, and of the rest nothing, some or all when the power goes. Stricter than most file systems are: a new
/// name is there for good only when its folder has been synced, and until then names change in no order.
struct SimulatedDisk {
    private struct Change {
        enum Kind {
            case write(offset: Int, bytes: [UInt8])
            case truncate(Int)
        }

        let call: Int
        let kind: Kind
        var isDone = false
    }

    private struct Inode {
        var durable: [UInt8] = []
        var pending: [Change] = []
    }

    private enum NameChange {
        case set(String, Int)
        case remove(String)
    }

    private enum Sync {
        case file(inode: Int, calls: Set<Int>)
        case names(Int)
    }

    let folder: String
    /// Files that are of no interest: what a disk has of them is not worked out.
    var leftOut: @Sendable (String) -> Bool = { $0.hasSuffix("-shm") }
    private var inodes: [Inode] = []
    private var names: [String: Int] = [:]
    private var durableNames: [String: Int] = [:]
    private var pendingNames: [NameChange] = []
    private var syncs: [Int: Sync] = [:]

    /// - Parameter files: what is there for good at first, by path.
    init(folder: String, files: [String: [UInt8]] = [:]) {
        self.folder = folder
        for (path, bytes) in files {
            names[path] = inodes.count
            inodes.append(Inode(durable: bytes))
        }
        durableNames = names
    }

    mutating func take(_ event: Trace.Event, of trace: Trace) throws {
        switch event {
        case .began(let index): try begin(trace.calls[index], index)
        case .ended(let index): try end(trace.calls[index], index)
        case .abandoned(let index): abandon(trace.calls[index], index)
        }
    }

    private func isOurs(_ path: String?) -> Bool { path.map { $0.hasPrefix(folder + "/") } ?? false }

    private mutating func begin(_ call: TracedCall, _ index: Int) throws {
        switch call.name {
        case "pwrite64": add(.write(offset: Int(call.text(3)) ?? 0, bytes: call.bytes(1)), to: call.path(0), index)
        case "ftruncate": add(.truncate(Int(call.text(1)) ?? 0), to: call.path(0), index)
        case "fsync", "fdatasync":
            if call.path(0) == folder {
                syncs[index] = .names(pendingNames.count)
            } else if let inode = call.path(0).flatMap({ names[$0] }) {
                // Only what was written before it began.
                syncs[index] = .file(inode: inode, calls: Set(inodes[inode].pending.filter(\.isDone).map(\.call)))
            }
        case "mmap":
            let isShared = call.text(3).contains("MAP_SHARED") && call.text(2).contains("PROT_WRITE")
            if isShared, isOurs(call.path(4)), call.path(4)?.hasSuffix("-shm") != true { throw TraceError(call) }
        case "open", "openat", "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
            "sendto", "sendmsg":
            break
        default: if isOurs(call.path(0)) { throw TraceError(call) }
        }
    }

    private mutating func end(_ call: TracedCall, _ index: Int) throws {
        guard call.result ?? -1 >= 0 else { return abandon(call, index) }
        switch call.name {
        case "pwrite64", "ftruncate":
            guard let inode = call.path(0).flatMap({ names[$0] }),
                let change = inodes[inode].pending.lastIndex(where: { $0.call == index })
            else { return }
            inodes[inode].pending[change].isDone = true
        case "fsync", "fdatasync": sync(index)
        case "openat": opened(call, name: call.name(1, in: 0), flags: call.text(2), index)
        case "open": opened(call, name: call.name(0), flags: call.text(1), index)
        case "unlink": change(.remove(call.name(0)))
        case "unlinkat": change(.remove(call.name(1, in: 0)))
        case "rename": move(call.name(0), call.name(1))
        case "renameat", "renameat2": move(call.name(1, in: 0), call.name(3, in: 2))
        case "link": if let inode = names[call.name(0)] { change(.set(call.name(1), inode)) }
        case "creat", "linkat": throw TraceError(call)
        default: break
        }
    }

    /// What failed, or a process was killed in the middle of, is no longer to come, over what the next one writes: a write is taken for
    /// done, which the next one finds and goes on from, or writes over as it did not find it; anything else for not done.
    private mutating func abandon(_ call: TracedCall, _ index: Int) {
        syncs[index] = nil
        guard let inode = call.path(0).flatMap({ names[$0] }),
            let change = inodes[inode].pending.lastIndex(where: { $0.call == index })
        else { return }
        if call.name == "pwrite64" {
            inodes[inode].pending[change].isDone = true
        } else {
            inodes[inode].pending.remove(at: change)
        }
    }

    private mutating func add(_ kind: Change.Kind, to path: String?, _ index: Int) {
        // A file that has lost its name is gone with the power in any case.
        guard let inode = path.flatMap({ names[$0] }) else { return }
        inodes[inode].pending.append(Change(call: index, kind: kind))
    }

    private mutating func sync(_ index: Int) {
        switch syncs.removeValue(forKey: index) {
        case .file(let inode, let calls):
            for change in inodes[inode].pending where calls.contains(change.call) {
                Self.apply(change.kind, to: &inodes[inode].durable)
            }
            inodes[inode].pending.removeAll { calls.contains($0.call) }
        case .names(let count):
            for change in pendingNames[..<count] { Self.apply(change, to: &durableNames) }
            pendingNames.removeSubrange(..<count)
        case nil: break
        }
    }

    private mutating func opened(_ call: TracedCall, name: String, flags: String, _ index: Int) {
        guard isOurs(name) else { return }
        if let inode = names[name] {
            guard flags.contains("O_TRUNC") else { return }
            inodes[inode].pending.append(Change(call: index, kind: .truncate(0), isDone: true))
        } else if flags.contains("O_CREAT") {
            inodes.append(Inode())
            change(.set(name, inodes.count - 1))
        }
    }

    private mutating func move(_ from: String, _ to: String) {
        guard let inode = names[from] else { return }
        // Both names change at once.
        change(.set(to, inode))
        change(.remove(from))
    }

    private mutating func change(_ change: NameChange) {
        switch change {
        case .set(let name, _), .remove(let name): guard isOurs(name) else { return }
        }
        Self.apply(change, to: &names)
        pendingNames.append(change)
    }

    /// Whether names have changed that may not be on disk yet.
    var hasPendingNames: Bool { !pendingNames.isEmpty }

    /// What is found when the power comes back: everything that was synced, and of the rest nothing.
    func contents() -> [String: [UInt8]] {
        durableNames.filter { !leftOut($0.key) }.mapValues { inodes[$0].durable }
    }

    /// The same with each choice of the names that have changed since the folder was synced, of the first few at least.
    func contentsOfEachChoiceOfNames() -> [[String: [UInt8]]] {
        let few = pendingNames.prefix(5)
        return (1..<(1 << few.count)).map { choice in
            var found = durableNames
            for (index, change) in few.enumerated() where choice & (1 << index) != 0 { Self.apply(change, to: &found) }
            return found.filter { !leftOut($0.key) }.mapValues { inodes[$0].durable }
        }
    }

    /// The same with a part of the rest, in no order: of each write the sectors that happen to be on disk, and some of
    /// the changes of names.
    func contents(surviving random: inout SeededRandom) -> [String: [UInt8]] {
        var found = durableNames
        for change in pendingNames where Bool.random(using: &random) { Self.apply(change, to: &found) }
        var contents: [String: [UInt8]] = [:]
        for (name, inode) in found.sorted(by: { $0.key < $1.key }) where !leftOut(name) {
            // From almost nothing to almost everything.
            let tenths = Int.random(in: 1...9, using: &random)
            var bytes = inodes[inode].durable
            for change in inodes[inode].pending {
                for part in Self.sectors(change.kind) where Int.random(in: 0..<10, using: &random) < tenths {
                    Self.apply(part, to: &bytes)
                }
            }
            contents[name] = bytes
        }
        return contents
    }

    /// A write as the pieces of it that can be on disk or not.
    private static func sectors(_ kind: Change.Kind) -> [Change.Kind] {
        guard case .write(var offset, let bytes) = kind else { return [kind] }
        var parts: [Change.Kind] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(512 - offset % 512)
            parts.append(.write(offset: offset, bytes: Array(part)))
            offset += part.count
            rest = rest.dropFirst(part.count)
        }
        return parts
    }

    private static func apply(_ kind: Change.Kind, to file: inout [UInt8]) {
        switch kind {
        case .truncate(let size):
            if size < file.count {
                file.removeSubrange(size...)
            } else {
                file += [UInt8](repeating: 0, count: size - file.count)
            }
        case .write(let offset, let bytes):
            let end = offset + bytes.count
            if end > file.count { file += [UInt8](repeating: 0, count: end - file.count) }
            file.withUnsafeMutableBytes { file in
                bytes.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(rebasing: file[offset..<end]).copyMemory(from: $0)
                }
            }
        }
    }

    private static func apply(_ change: NameChange, to names: inout [String: Int]) {
        switch change {
        case .set(let name, let inode): names[name] = inode
        case .remove(let name): names[name] = nil
        }
    }
}
