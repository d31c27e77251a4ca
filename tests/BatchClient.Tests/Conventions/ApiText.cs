using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace BatchGateway.Tests.Conventions;

/// <summary>The public API of an assembly as a listing that a person can review: types by namespace, members with their signatures.</summary>
internal sealed class ApiText
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(byte)] = "byte",
        [typeof(object)] = "object",
    };

    private static readonly Dictionary<string, string> Operators = new() { ["op_Equality"] = "==", ["op_Inequality"] = "!=" };

    private readonly NullabilityInfoContext _nullability = new();
    private readonly StringBuilder _text = new();

    private ApiText()
    {
    }

    public static string Of(Assembly assembly)
    {
        ApiText listing = new();
        foreach (IGrouping<string?, Type> room in Libraries.PublicTypes(assembly).GroupBy(type => type.Namespace).OrderBy(room => room.Key, StringComparer.Ordinal))
        {
            listing._text.Append(CultureInfo.InvariantCulture, $"namespace {room.Key}\n");
            foreach (Type type in room)
                listing.Append(type);
            listing._text.Append('\n');
        }

        return listing._text.ToString().TrimEnd('\n') + "\n";
    }

    private void Append(Type type)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n{Kind(type)} {Name(type)}{Bases(type)}\n");
        IEnumerable<string> members = type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}")
            : Libraries.PublicMembers(type).OrderBy(Rank).ThenBy(member => member.Name, StringComparer.Ordinal).ThenBy(Member, StringComparer.Ordinal).Select(Member);
        foreach (string member in members)
            _text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
    }

    /// <summary>Constructors, constants, static members, properties, methods, operators.</summary>
    private static int Rank(MemberInfo member) => member switch
    {
        ConstructorInfo => 0,
        FieldInfo => 1,
        PropertyInfo property => property.GetAccessors(nonPublic: true)[0].IsStatic ? 2 : 4,
        MethodInfo { IsSpecialName: true } => 6,
        MethodInfo { IsStatic: true } => 3,
        _ => 5,
    };

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly struct" : "struct";

        string kind = type.GetMethod("<Clone>$") is null ? "class" : "record";
        return type switch { { IsAbstract: true, IsSealed: true } => "static class", { IsAbstract: true } => "abstract " + kind, { IsSealed: true } => "sealed " + kind, _ => kind };
    }

    private static string Bases(Type type)
    {
        IEnumerable<string> parents = type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? [Name(parent)] : [];
        IEnumerable<Type> contracts = type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(contract => contract.IsVisible && contract != typeof(IEquatable<>).MakeGenericType(type));
        IEnumerable<string> bases = parents.Concat(contracts.Select(Name).Order(StringComparer.Ordinal));
        return bases.Any() ? " : " + string.Join(", ", bases) : "";
    }

    private string Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}{Name(constructor.DeclaringType!).Split('<')[0]}({Parameters(constructor)})",
        PropertyInfo property => Property(property),
        FieldInfo { IsLiteral: true } field => $"const {Name(field.FieldType)} {field.Name} = {Literal(field.GetRawConstantValue())}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType, _nullability.Create(field))} {field.Name}",
        MethodInfo method => Method(method),
        _ => member.ToString()!,
    };

    private string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(nonPublic: true).First(Libraries.IsVisible);
        string accessors = string.Concat(property.GetAccessors(nonPublic: true).Where(Libraries.IsVisible)
            .Select(accessor => accessor == property.GetMethod ? "get; " : IsInit(accessor) ? "init; " : "set; "));
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(first)}{Modifiers(first)}{required}{Name(property.PropertyType, _nullability.Create(property))} {property.Name} {{ {accessors}}}";
    }

    private string Method(MethodInfo method)
    {
        string name = Operators.TryGetValue(method.Name, out string? sign) ? "operator " + sign : method.Name;
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Access(method)}{Modifiers(method)}{Name(method.ReturnType, _nullability.Create(method.ReturnParameter))} {name}{generic}({extension}{Parameters(method)})";
    }

    private string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType, _nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "")}"));

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        bool isOverride = method.GetBaseDefinition() != method;
        return method switch
        {
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "default ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true } when isOverride => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
    }

    public static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type) => Name(type, null);

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        // Of a type parameter the runtime cannot tell T from T?.
        string mark = type.IsGenericParameter ? "" : nullability is { ReadState: NullabilityState.Nullable } or { ReadState: NullabilityState.Unknown, WriteState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!, nullability?.ElementType) + "[]" + mark;
        if (Words.TryGetValue(type, out string? word))
            return word + mark;
        if (!type.IsGenericType)
            return type.Name + mark;

        NullabilityInfo[] inner = nullability?.GenericTypeArguments ?? [];
        IEnumerable<string> arguments = type.GetGenericArguments().Select((argument, i) => Name(argument, i < inner.Length ? inner[i] : null));
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>{mark}";
    }
}
