import Glibc

/// What the process uses, by the names that Prometheus's own clients give
/// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics). Nil where the system does not say.
struct ProcessFigures: Sendable {
    let openDescriptors: Int?
    let descriptorLimit: Int?
    let residentBytes: Int?
    let cpuSeconds: Double
    /// Since 1970 UTC.
    let startSeconds: Double?

    static func now() -> ProcessFigures {
        var limit = rlimit()
        let hasLimit = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        var cpu = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu)
        let pages = contents(of: "/proc/self/statm").split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return ProcessFigures(
            openDescriptors: countDescriptors(), descriptorLimit: hasLimit ? Int(clamping: limit.rlim_cur) : nil,
            residentBytes: pages.map { $0 * sysconf(Int32(_SC_PAGESIZE)) },
            cpuSeconds: Double(cpu.tv_sec) + Double(cpu.tv_nsec) / 1_000_000_000, startSeconds: started)
    }

    func write(_ text: inout MetricsText) {
        if let openDescriptors {
            text.metric("process_open_fds", .gauge, "Open file descriptors.", openDescriptors)
        }
        if let descriptorLimit {
            text.metric("process_max_fds", .gauge, "File descriptors that may be open.", descriptorLimit)
        }
        if let residentBytes {
            text.metric("process_resident_memory_bytes", .gauge, "Resident memory in bytes.", residentBytes)
        }
        text.metric(
            "process_cpu_seconds_total", .counter, "User and system time spent, in seconds.", cpuSeconds)
        if let startSeconds {
            text.metric(
                "process_start_time_seconds", .gauge, "When the process started, in seconds since 1970 UTC.",
                startSeconds)
        }
    }

    /// From Linux 6.2 on the folder's size is their number; before, they have to be counted.
    private static func countDescriptors() -> Int? {
        var information = stat()
        if stat("/proc/self/fd", &information) == 0, information.st_size > 0 { return information.st_size }
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        // Not `.`, `..` and the folder's own descriptor.
        var count = -3
        while readdir(folder) != nil { count += 1 }
        return count
    }

    /// The 22nd field of proc_pid_stat(5), in ticks since the machine's start, which proc_stat(5) has. It never changes.
    private static let started: Double? = {
        // The second field, in parentheses, may have spaces in it.
        let status = contents(of: "/proc/self/stat")
        guard let end = status.lastIndex(of: ")") else { return nil }
        let fields = status[end...].split(separator: " ")
        let boot = contents(of: "/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        guard fields.count > 20, let ticks = Double(fields[20]), let boot, let base = Double(boot.dropFirst(6)) else {
            return nil
        }
        return base + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }()

    /// A small file of /proc; empty when it can't be read.
    private static func contents(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
