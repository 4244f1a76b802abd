import ArgumentParser

/// An option as a command declares it.
struct DeclaredOption: Hashable {
    enum Kind: Hashable {
        case value
        /// May be given more than once.
        case values
        case flag
    }

    /// As it is typed, without the dashes.
    let name: String
    let kind: Kind
    /// Whether its value is a text, of which some take any.
    let isText: Bool

    /// The options of a command and of its option groups: the library has no list of them, but each is a property
    /// with its wrapper, under the name of the option.
    static func options(of command: any ParsableArguments.Type) -> [DeclaredOption] {
        Mirror(reflecting: command.init()).children.flatMap { child -> [DeclaredOption] in
            guard let wrapper = child.value as? any OptionWrapper, let label = child.label else { return [] }
            return type(of: wrapper).options(name: kebab(label.dropFirst()))
        }
    }

    private static func kebab(_ name: Substring) -> String {
        var kebab = ""
        for character in name {
            if character.isUppercase { kebab += "-" }
            kebab += character.lowercased()
        }
        return kebab
    }
}

/// A property wrapper that declares options.
private protocol OptionWrapper {
    static func options(name: String) -> [DeclaredOption]
}

extension Option: OptionWrapper {
    fileprivate static func options(name: String) -> [DeclaredOption] {
        let isText = Value.self == String.self || Value.self == String?.self || Value.self == [String].self
        return [DeclaredOption(name: name, kind: Value.self is any ArrayValue.Type ? .values : .value, isText: isText)]
    }
}

extension Flag: OptionWrapper {
    fileprivate static func options(name: String) -> [DeclaredOption] {
        [DeclaredOption(name: name, kind: .flag, isText: false)]
    }
}

extension OptionGroup: OptionWrapper {
    fileprivate static func options(name: String) -> [DeclaredOption] {
        DeclaredOption.options(of: Value.self)
    }
}

private protocol ArrayValue {}
extension Array: ArrayValue {}
