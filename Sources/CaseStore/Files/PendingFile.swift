import Foundation
import Synchronization

/// A file that is made under another name beside its place, and takes its place only when it is whole: at no moment,
/// whatever happens, is there half of it or none where there was one before.
///
/// At its place there may be nothing, or what it says that it replaces. A symbolic link there is not followed: who may
/// write the folder could have it lead anywhere.
package final class PendingFile: Sendable {
    /// What may be at the place already, and then goes.
    package enum Replaceable: Sendable {
        case nothing
        /// A regular file that is empty, or of which that is true. It is named for the person who is told that there
        /// is something else.
        case file(String, @Sendable (_ descriptor: CInt) -> Bool)
    }

    private enum State {
        case pending, placed, discarded
    }

    /// Where it goes.
    package let place: String
    /// Where it is made.
    package let path: String
    private let replaceable: Replaceable
    /// Files that the command reads, by all their names.
    private let sources: FileNames
    private let state = Mutex(State.pending)
    /// Which file was made.
    private let identity: FileStatus.Identity?

    /// Makes an empty file beside `place`.
    ///
    /// - Throws: `CopyError`, as `check` does and when it can't be made.
    package init(
        at place: String, replacing replaceable: Replaceable, reading sources: FileNames = FileNames(),
        for owner: NewFile.Owner = .maker
    ) throws {
        try Self.check(place, replaceable, sources)
        self.place = place
        self.replaceable = replaceable
        self.sources = sources
        do throws(SystemError) {
            let file = try NewFile.make(beside: place, for: owner)
            identity = FileStatus(descriptor: file.descriptor)?.identity
            close(file.descriptor)
            path = file.path
        } catch {
            throw CopyError.file("\(place) can't be made: \(error)")
        }
    }

    /// Whether a file may take that place, as far as can be told beforehand.
    ///
    /// - Throws: `CopyError` when not.
    package static func check(_ place: String, _ replaceable: Replaceable, _ sources: FileNames)
        throws(CopyError)
    {
        guard !sources.contain(place) else { throw .ownSource(place) }
        // It would be made under the name without it, and then not found.
        guard place.utf8.last != UInt8(ascii: "/") else { throw .noFile(place) }
        // Where it is made first.
        let folder = URL(filePath: place).deletingLastPathComponent().path
        guard faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 else {
            throw .file("\(place) can't be made: \(folder): \(SystemError())")
        }
        guard let status = FileStatus(place, followsLink: false) else { return }
        if status.isLink { throw .link(place) }
        guard status.isRegular else { throw .noFile(place) }
        guard case .file(let kind, let isReplaceable) = replaceable else { throw .alreadyThere(place) }
        let descriptor = open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file("\(place): \(SystemError())") }
        defer { close(descriptor) }
        guard let opened = FileStatus(descriptor: descriptor), opened.identity == status.identity,
            opened.size == 0 || isReplaceable(descriptor)
        else { throw .foreign(place, kind) }
    }

    /// Looks again whether it may take its place.
    ///
    /// - Throws: `CopyError` when not.
    package func checkPlace() throws(CopyError) { try Self.check(place, replaceable, sources) }

    /// Looks whether it is the file that was made which this process has opened by its name: whoever may write the folder may
    /// have put a link there. Where the system does not tell, it is taken for that.
    ///
    /// - Throws: `CopyError.file` when it is another.
    func requireOpen() throws(CopyError) {
        guard FileStatus("/proc/self/fd") != nil, let identity else { return }
        guard OpenFiles.descriptor(of: identity) != nil else {
            throw .file("\(path) is another file than was made; nothing was changed")
        }
    }

    /// Puts the file in its place, and returns when it is there for good: its content and then its name are on disk.
    ///
    /// - Parameter keepsOwner: whether it goes to the owner of what was there, as far as one may give it away.
    /// - Throws: `CopyError`; where it is in its place all the same, `.unsettled`.
    package func moveIntoPlace(keepsOwner: Bool = false) throws {
        try state.withLock { state in
            guard state == .pending else { throw CopyError.file("\(place) was given up") }
            try checkPlace()
            try finish(keepsOwner ? FileStatus(place, followsLink: false)?.owner : nil)
            if case .nothing = replaceable { try linkThenUnlink() } else { try rename() }
            state = .placed
            do throws(SystemError) {
                try NewFile.syncFolder(of: place)
            } catch {
                throw CopyError.unsettled(place, "\(error)")
            }
        }
    }

    /// Removes the file with all that is beside it, unless it is in its place already: false then.
    @discardableResult
    package func discard() -> Bool {
        state.withLock { state in
            guard state == .pending else { return state == .discarded }
            for name in [path] + DatabaseName.companions.map({ path + $0 }) { unlink(name) }
            state = .discarded
            return true
        }
    }

    /// Makes what has happened to names in the folder last.
    func syncFolder() throws {
        do throws(SystemError) {
            try NewFile.syncFolder(of: place)
        } catch {
            throw CopyError.file("the folder of \(place) can't be brought to disk: \(error)")
        }
    }

    private func rename() throws {
        guard Foundation.rename(path, place) == 0 else {
            throw CopyError.file("\(place): \(SystemError())")
        }
    }

    /// Where nothing may be replaced: unlike `rename`, `link` fails when somebody else was faster.
    private func linkThenUnlink() throws {
        if link(path, place) == 0 {
            unlink(path)
        } else if errno == EEXIST {
            throw CopyError.alreadyThere(place)
        } else {
            // A file system without hard links.
            try rename()
        }
    }

    /// Brings what was written to disk, and gives the file away where it is to be somebody's.
    ///
    /// - Throws: `CopyError.file`, also where it is another one than was made: whoever may write the folder may have put
    ///   anything under its name, and that is nobody's to give away.
    private func finish(_ owner: (user: uid_t, group: gid_t)?) throws {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw CopyError.file("\(path): \(SystemError())") }
        defer { close(descriptor) }
        guard FileStatus(descriptor: descriptor)?.identity == identity else {
            throw CopyError.file("\(path) is another file than was made; nothing was changed")
        }
        // Who may not give files away had the old one to themselves.
        if let owner { _ = fchown(descriptor, owner.user, owner.group) }
        guard fsync(descriptor) == 0 else {
            throw CopyError.file("\(path) can't be brought to disk: \(SystemError())")
        }
    }
}
