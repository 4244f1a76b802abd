import Foundation
import Testing

@testable import HTTPServer

@Suite("A Unix socket")
struct UnixSocketTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ck-\(UUID().uuidString)").path
    var path: String { folder + "/http.sock" }

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    private func taken(_ settings: String = "") throws -> TakenAddress {
        try TakenAddress(for: ServerConfiguration(listen: ListenAddress("unix:\(path)\(settings)")))
    }

    private func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    static let types = [Int32(SOCK_STREAM.rawValue), Int32(SOCK_DGRAM.rawValue)]

    /// What a process that was killed leaves behind.
    private func leaveDeadSocket(_ type: Int32 = Self.types[0]) {
        let dead = socket(AF_UNIX, type, 0)
        #expect(SocketAddress(unixPath: path).withSockaddr { bind(dead, $0, $1) } == 0)
        close(dead)
    }

    @Test("is served as TCP is, to peers that are known by their user, and its file is gone at the end")
    func serves() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let listen = try ListenAddress("unix:\(path)?mode=0640")
        try await withServer {
            $0.listen = listen
        } answer: { request, _ in
            let user = request.peerProcess?.userID
            return .now(.text("\(request.peer.host) \(request.peer.isLoopback) \(user == geteuid())"))
        } _: { server, address in
            #expect("\(address)" == "unix:\(path)" && address.isLoopback)
            #expect(status(path)!.st_mode & 0o7777 == 0o640)
            let client = try Client(address)
            for _ in 0..<3 { #expect(try client.get("/").body == "unix:\(geteuid()) true true") }
            #expect(server.counters.connections == 1)
            #expect(throws: StartError.addressInUse(.unix(UnixAddress(path: path)))) { try taken() }
            #expect(try client.get("/").status == 200, "whoever asks whether it is alive does no harm")
        }
        #expect(status(path) == nil)
    }

    @Test("has a file of its owner alone, whatever the umask, and takes the group that is asked for")
    func owner() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let taken = try taken()
            #expect(status(path)!.st_mode & 0o7777 == 0o600)
            withExtendedLifetime(taken) {}
        }
        let group = getegid()
        let taken = try taken("?mode=0666&owner=\(geteuid())&group=\(group)")
        #expect(status(path)!.st_mode & 0o7777 == 0o666 && status(path)!.st_gid == group)
        withExtendedLifetime(taken) {}
        for name in ["owner", "group"] {
            let error = #expect(throws: StartError.self) {
                try TakenAddress(
                    for: ServerConfiguration(listen: ListenAddress("unix:\(folder)/other?\(name)=no-such-name")))
            }
            #expect(error.map { "\($0)" }?.contains("no-such-name") == true)
            #expect(status(folder + "/other") == nil)
        }
    }

    @Test("takes the place of one that died, of whatever type, and of no other", arguments: types)
    func stale(type: Int32) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        leaveDeadSocket(type)
        let first = try taken()
        // It does not even serve yet, and nobody takes its connections.
        for _ in 0..<3 { #expect(throws: StartError.addressInUse(.unix(UnixAddress(path: path)))) { try taken() } }
        withExtendedLifetime(first) {}
    }

    @Test("is not taken from a living one of another type")
    func living() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let other = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(other) }
        #expect(SocketAddress(unixPath: path).withSockaddr { bind(other, $0, $1) } == 0)
        #expect(throws: StartError.self) { try taken() }
        #expect(status(path) != nil)
    }

    @Test("replaces nothing that is no socket", arguments: ["file", "folder", "link", "dangling", "pipe"])
    func others(kind: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        switch kind {
        case "file": try Data("x".utf8).write(to: URL(filePath: path))
        case "folder": mkdir(path, 0o700)
        case "link":
            leaveDeadSocket()
            rename(path, folder + "/dead")
            symlink("dead", path)
        case "dangling": symlink("nothing", path)
        default: mkfifo(path, 0o600)
        }
        let before = try #require(status(path))
        let error = #expect(throws: StartError.self) { try taken() }
        #expect(error.map { "\($0)" }?.contains("is no socket") == true)
        #expect(status(path)?.st_ino == before.st_ino)
    }

    @Test("leaves alone at its end what has taken its name meanwhile, and is refused without a folder")
    func name() throws {
        do {
            let taken = try taken()
            unlink(path)
            try Data("x".utf8).write(to: URL(filePath: path))
            withExtendedLifetime(taken) {}
        }
        #expect(status(path)!.st_mode & S_IFMT == S_IFREG)
        try FileManager.default.removeItem(atPath: folder)
        let error = #expect(throws: StartError.self) { try taken() }
        #expect(error.map { "\($0)" }?.contains("its folder \(folder) can't be opened: No such file") == true)
    }

    @Test("two that start at once are never both told that it is theirs")
    func race() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for _ in 0..<20 {
            leaveDeadSocket()
            let both = await withTaskGroup(of: TakenAddress?.self) { group in
                for _ in 0..<4 { group.addTask { try? taken() } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(both.count { $0 != nil } == 1)
        }
    }
}
