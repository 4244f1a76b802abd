/// Writes Prometheus's text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String {
        case counter, gauge, histogram
    }

    typealias Labels = KeyValuePairs<String, String>

    private(set) var text = ""

    /// One metric: all its samples follow its help and its type.
    mutating func metric(_ name: String, _ kind: Kind, _ help: String, _ samples: (inout Samples) -> Void) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        var written = Samples(name: name)
        samples(&written)
        text += written.text
    }

    /// A metric without labels.
    mutating func metric(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        metric(name, kind, help) { $0.sample([:], value) }
    }

    /// A metric without labels.
    mutating func metric(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        metric(name, kind, help) { $0.sample([:], value) }
    }

    /// The samples of one metric.
    struct Samples {
        let name: String
        fileprivate(set) var text = ""

        mutating func sample(_ labels: Labels, _ value: Int) {
            write("", labels, nil, "\(value)")
        }

        mutating func sample(_ labels: Labels, _ value: Double) {
            write("", labels, nil, "\(value)")
        }

        /// A histogram: `counts` has one more than there are bounds, and no value is counted twice.
        mutating func histogram(_ labels: Labels, bounds: [String], counts: [Int], sum: String) {
            var total = 0
            for (bound, count) in zip(bounds + ["+Inf"], counts) {
                total += count
                write("_bucket", labels, bound, "\(total)")
            }
            write("_sum", labels, nil, sum)
            write("_count", labels, nil, "\(total)")
        }

        private mutating func write(_ suffix: String, _ labels: Labels, _ bound: String?, _ value: String) {
            var pairs = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
            if let bound { pairs.append("le=\"\(bound)\"") }
            text += name + suffix + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)\n"
        }

        private static func escaped(_ value: String) -> String {
            value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        }
    }
}
