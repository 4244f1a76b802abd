import HTTPTypes

/// One segment's place in the tree of routes. It knows routes by their index, so it need not know their kind.
struct RouteNode: Sendable {
    private var literals: [(segment: [UInt8], node: RouteNode)] = []
    /// At most one; an array because a struct cannot hold itself.
    private var parameter: [RouteNode] = []
    private var methods: [(method: HTTPRequest.Method, route: Int)] = []
    /// What `Allow` lists: sorted, HEAD wherever GET, and OPTIONS.
    private(set) var allow: [HTTPRequest.Method] = []

    /// - Precondition: no other route has this method and shape.
    mutating func insert(_ segments: ArraySlice<RoutePattern.Segment>, method: HTTPRequest.Method, route: Int) {
        switch segments.first {
        case nil:
            precondition(!methods.contains { $0.method == method }, "Two routes have the same method and pattern.")
            methods.append((method, route))
            allow = Self.allow(methods.map(\.method))
        case .literal(let text):
            let segment = Array(text.utf8)
            let index = literals.firstIndex { $0.segment == segment } ?? literals.endIndex
            if index == literals.endIndex { literals.append((segment, RouteNode())) }
            literals[index].node.insert(segments.dropFirst(), method: method, route: route)
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteNode()) }
            parameter[0].insert(segments.dropFirst(), method: method, route: route)
        }
    }

    /// The first route that was given with this pattern.
    var firstRoute: Int? { methods.first?.route }

    /// The index of the route for a method here; HEAD falls back to GET's.
    func route(for method: HTTPRequest.Method) -> Int? {
        if let own = methods.first(where: { $0.method == method }) { return own.route }
        guard method == .head else { return nil }
        return methods.first { $0.method == .get }?.route
    }

    /// Every method that some route has, as `OPTIONS *` answers.
    func everyMethod() -> [HTTPRequest.Method] {
        var all = methods.map(\.method)
        for child in literals.map(\.node) + parameter { all += child.everyMethod() }
        return Self.allow(all)
    }

    private static func allow(_ methods: [HTTPRequest.Method]) -> [HTTPRequest.Method] {
        var all = Set(methods)
        all.insert(.options)
        if all.contains(.get) { all.insert(.head) }
        return all.sorted { $0.rawValue < $1.rawValue }
    }
}

extension RouteNode {
    /// The node with routes that a path leads to, and the decoded values of the parameters on the way.
    func find(_ path: String, parameters: inout [Substring]) -> RouteNode? {
        var path = path
        return path.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "/") else { return nil }
            if bytes.count == 1 { return methods.isEmpty ? nil : self }
            return find(bytes, from: 1, parameters: &parameters)
        }
    }

    /// `start` is the first byte of this level's segment.
    private func find(_ path: UnsafeBufferPointer<UInt8>, from start: Int, parameters: inout [Substring]) -> RouteNode?
    {
        var end = start
        while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
        let segment = path[start..<end]
        for (literal, node) in literals where Self.equals(segment, literal) {
            if let found = node.rest(of: path, after: end, parameters: &parameters) { return found }
        }
        guard let node = parameter.first, let value = Self.decode(segment) else { return nil }
        let count = parameters.count
        parameters.append(value)
        if let found = node.rest(of: path, after: end, parameters: &parameters) { return found }
        parameters.removeSubrange(count...)
        return nil
    }

    private func rest(of path: UnsafeBufferPointer<UInt8>, after end: Int, parameters: inout [Substring]) -> RouteNode?
    {
        if end == path.count { return methods.isEmpty ? nil : self }
        return find(path, from: end + 1, parameters: &parameters)
    }

    /// Whether a segment is the literal once percent-decoded, as RFC 3986 section 6.2.2.2 has it.
    private static func equals(_ segment: Slice<UnsafeBufferPointer<UInt8>>, _ literal: [UInt8]) -> Bool {
        if segment.count == literal.count { return segment.elementsEqual(literal) }
        guard segment.count > literal.count, segment.contains(UInt8(ascii: "%")) else { return false }
        return decode(segment)?.utf8.elementsEqual(literal) ?? false
    }

    /// The percent-decoded value of a segment; nil when it is empty, broken, not UTF-8, or has NUL in it. A `/` that
    /// is encoded parts nothing (RFC 3986 section 2.2): it is of a name.
    private static func decode(_ segment: Slice<UnsafeBufferPointer<UInt8>>) -> Substring? {
        guard !segment.isEmpty else { return nil }
        guard segment.contains(UInt8(ascii: "%")) else {
            return Substring(decoding: UnsafeBufferPointer(rebasing: segment), as: UTF8.self)
        }
        var decoded: [UInt8] = []
        var index = segment.startIndex
        while index < segment.endIndex {
            var byte = segment[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard index + 1 < segment.endIndex, let high = segment[index].hexDigitValue,
                    let low = segment[index + 1].hexDigitValue
                else { return nil }
                byte = high << 4 | low
                index += 2
                guard byte != 0 else { return nil }
            }
            decoded.append(byte)
        }
        return String(validating: decoded, as: UTF8.self).map { $0[...] }
    }
}
