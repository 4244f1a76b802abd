import Foundation
import Testing

@Suite("A service that runs out of descriptors")
struct DescriptorExhaustionTests {
    /// Lowers the limit of a running process, as only prlimit(1) can from outside.
    private func limit(_ process: RunningProcess, toOpenFiles count: Int, in folder: TemporaryFolder) throws {
        let result = try RunningProcess(
            path: "/usr/bin/prlimit", ["--pid", "\(process.id)", "--nofile=\(count):\(count)"], environment: [:],
            in: folder
        ).wait()
        try #require(result.exitCode == 0, "\(result.errors)")
    }

    private func processorTicks(of process: RunningProcess) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process.id)/stat", encoding: .utf8)
        let columns = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        return (Int(columns[12]) ?? 0) + (Int(columns[13]) ?? 0)
    }

    @Test("serves those it has, and the others as soon as it can, without spinning meanwhile")
    func survives() throws {
        let folder = try TemporaryFolder()
        let server = try RunningServer(in: folder)
        let request = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        #expect(try answer(to: request, on: ClientSocket(port: server.port)).hasPrefix("HTTP/1.1 200 "))
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(server.process.id)/fd").count
        try limit(server.process, toOpenFiles: open + 4, in: folder)

        var clients = try (0..<20).map { _ in try ClientSocket(port: server.port) }
        for _ in 0..<20_000 {
            if server.process.errors.contains("out of descriptors") { break }
            usleep(1000)
        }
        #expect(server.process.errors.contains("out of descriptors"))
        let before = try processorTicks(of: server.process)
        usleep(1_000_000)
        // A hundred ticks are a second of one core; spinning would take most of it, on every loop.
        #expect(try processorTicks(of: server.process) - before < 40)

        // Each that ends makes room for another.
        while !clients.isEmpty {
            #expect(try answer(to: request, on: clients.removeFirst()).hasPrefix("HTTP/1.1 200 "))
        }
        #expect(try answer(to: request, on: ClientSocket(port: server.port)).hasPrefix("HTTP/1.1 200 "))
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    private func answer(to request: String, on client: ClientSocket) throws -> String {
        try client.send(request)
        return try client.readToEnd()
    }
}
