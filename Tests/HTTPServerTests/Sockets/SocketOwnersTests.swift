import Glibc
import Testing

@testable import HTTPServer

/// Both ways of finding out, on real sockets: they have to say the same.
@Suite("Whose the other end of a connection is", .serialized)
struct SocketOwnersTests {
    /// A connection within this machine, both ends of which are here.
    private final class Pair {
        let client: Int32
        let server: Int32

        /// - Parameter family: of the client's socket; one of IPv6 may reach IPv4 by the mapped form.
        init(_ family: Int32, to host: String, listening listenHost: String) throws {
            let listener = try Listener(ListenAddress(host: listenHost, port: 0), backlog: 8, sendBuffer: 4096)
            defer { listener.close() }
            client = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var hints = addrinfo()
            hints.ai_family = family
            hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
            var list: UnsafeMutablePointer<addrinfo>?
            try #require(getaddrinfo(host, "\(listener.address.port)", &hints, &list) == 0)
            defer { freeaddrinfo(list) }
            let target = try #require(list).pointee
            try #require(connect(client, target.ai_addr, target.ai_addrlen) == 0)
            var accepted: Int32 = -1
            while accepted < 0 {
                if case .connection(let descriptor, _) = listener.accept() { accepted = descriptor }
            }
            server = accepted
        }

        deinit {
            close(client)
            close(server)
        }
    }

    static let ways = [true, false]

    private func pairs() throws -> [Pair] {
        [
            try Pair(AF_INET, to: "127.0.0.1", listening: "127.0.0.1"),
            try Pair(AF_INET, to: "127.0.0.9", listening: "0.0.0.0"),
            try Pair(AF_INET6, to: "::1", listening: "::1"), try Pair(AF_INET6, to: "::1", listening: "::"),
            try Pair(AF_INET6, to: "::ffff:127.0.0.1", listening: "127.0.0.1"),
            try Pair(AF_INET, to: "127.0.0.1", listening: "::"),
            try Pair(AF_INET6, to: "::ffff:127.0.0.1", listening: "::"),
        ]
    }

    @Test("this process's own sockets are its user's, in each family and by the mapped form", arguments: ways)
    func own(asksKernel: Bool) throws {
        let owners = SocketOwners(asksKernel: asksKernel)
        for pair in try pairs() {
            let ends = try #require(ConnectionEnds(descriptor: pair.server))
            #expect(owners.userID(atPeerOf: ends, since: .now()) == geteuid())
            let back = try #require(ConnectionEnds(descriptor: pair.client))
            #expect(owners.userID(atPeerOf: back, since: .now()) == geteuid())
        }
    }

    @Test("a peer that has closed its socket is nobody, and not root", arguments: ways)
    func closed(asksKernel: Bool) throws {
        let owners = SocketOwners(asksKernel: asksKernel)
        for pair in try pairs() {
            let ends = try #require(ConnectionEnds(descriptor: pair.server))
            // Its system goes on with the connection: it waits for this side to close, and has no inode any more.
            shutdown(pair.client, Int32(SHUT_WR))
            #expect(owners.userID(atPeerOf: ends, since: .now()) == geteuid(), "half closed it is still there")
            let other = dup(pair.client)
            close(pair.client)
            #expect(owners.userID(atPeerOf: ends, since: .now()) == geteuid(), "another descriptor has it")
            close(other)
            #expect(owners.userID(atPeerOf: ends, since: .now()) == nil)
        }
    }

    @Test("where there is no such connection there is nobody, also where somebody listens", arguments: ways)
    func none(asksKernel: Bool) throws {
        let owners = SocketOwners(asksKernel: asksKernel)
        let here = try #require(IPAddress("127.0.0.1"))
        let listener = try Listener(ListenAddress(host: "127.0.0.1", port: 0), backlog: 8, sendBuffer: 4096)
        defer { listener.close() }
        for port in [1, listener.address.port] {
            let ends = ConnectionEnds(peer: here, peerPort: port, own: here, ownPort: 9)
            #expect(owners.userID(atPeerOf: ends, since: .now()) == nil)
        }
    }

    @Test("a connection that came after the last reading of the table is found by another")
    func later() throws {
        let owners = SocketOwners(asksKernel: false)
        for _ in 0..<3 {
            let pair = try Pair(AF_INET, to: "127.0.0.1", listening: "127.0.0.1")
            let peer = PeerProcess(connection: pair.server)
            #expect(peer.userID == geteuid())
            let ends = try #require(ConnectionEnds(descriptor: pair.server))
            #expect(owners.userID(atPeerOf: ends, since: .now()) == geteuid())
        }
    }

    @Test("who it is stays known once it was asked, whatever becomes of the socket")
    func remembered() throws {
        let pair = try Pair(AF_INET, to: "127.0.0.1", listening: "127.0.0.1")
        let peer = PeerProcess(connection: pair.server)
        #expect(peer.userID == geteuid())
        close(pair.client)
        #expect(peer.userID == geteuid())
        #expect(PeerProcess(connection: pair.server).userID == nil)
        #expect(PeerProcess(connection: -1).userID == nil)
    }

    @Test("the table's rows are read as the kernel writes them")
    func rows() throws {
        let text = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 11 1 0 100 0 0 10 0
               1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 12 1 0 20 4 30 10 -1
               2: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3 0
               3: 0100007F:C352 0100007F:1F90 04 00000000:00000000 00:00000000 00000000     0        0 0 1 0
               4: 0A00000A:C353 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 13 1 0
               5: 00000000000000000000000001000000:C354 00000000000000000000000001000000:1F90 01 0:0 0:0 0 65534 0 14 1
               6: 0000000000000000FFFF00000100007F:C355 0000000000000000FFFF00000100007F:1F90 01 0:0 0:0 0 1001 0 15 1
               7: 0100007F:C356 0100007F:1F90 01
            """
        let table = SocketTable(text)
        func user(_ host: String, _ port: UInt16) throws -> UInt32? {
            let address = try #require(IPAddress(host))
            let own = try #require(IPAddress(host.contains(":") ? host : "127.0.0.1"))
            return table.userID(atPeerOf: ConnectionEnds(peer: address, peerPort: port, own: own, ownPort: 8080))
        }
        #expect(try user("127.0.0.1", 50000) == 1000)
        #expect(try user("127.0.0.1", 50001) == nil, "in TIME_WAIT")
        #expect(try user("127.0.0.1", 50002) == nil, "without an inode")
        #expect(try user("10.0.0.10", 50003) == nil, "not within this machine")
        #expect(try user("::1", 50004) == 65534)
        #expect(try user("127.0.0.1", 50005) == 1001, "IPv4 by a socket of IPv6")
        #expect(try user("127.0.0.1", 50006) == nil, "cut off")
        #expect(try user("127.0.0.1", 8080) == nil, "it listens")
    }
}
