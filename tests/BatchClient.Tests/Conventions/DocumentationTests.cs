using System.Reflection;
using System.Xml.Linq;

namespace BatchGateway.Tests.Conventions;

public sealed class DocumentationTests
{
    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void PublicMember_Documentation_IsThere(Assembly assembly)
    {
        Dictionary<string, XElement> documented = Documented(assembly);

        IEnumerable<string> missing = Libraries.PublicTypes(assembly)
            .SelectMany(type => Libraries.PublicMembers(type).Where(member => !IsImplicit(member) && !IsParameter(type, member, documented)).Select(Id).Prepend("T:" + Name(type)))
            .Where(id => !documented.TryGetValue(id, out XElement? text) || !SaysSomething(text));

        Assert.That(missing, Is.Empty);
    }

    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void PublicMethod_Parameters_AreDocumented(Assembly assembly)
    {
        Dictionary<string, XElement> documented = Documented(assembly);

        IEnumerable<string> missing = Libraries.PublicTypes(assembly)
            .SelectMany(type => Libraries.PublicMembers(type).OfType<MethodBase>())
            .Where(method => !IsEquality(method) && documented.TryGetValue(Id(method), out XElement? text) && text.Element("inheritdoc") is null)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.Name!).Except(Named(documented[Id(method)], "param")).Select(name => $"{Id(method)}: {name}"));

        Assert.That(missing, Is.Empty, "say what it means, its unit, and its default");
    }

    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void PublicMember_OurExceptions_ArePublic(Assembly assembly)
    {
        HashSet<string> known = [.. Libraries.All.SelectMany(Libraries.PublicTypes).Select(type => "T:" + Name(type))];
        Dictionary<string, XElement> documented = Documented(assembly);

        IEnumerable<string> odd = Libraries.PublicTypes(assembly)
            .SelectMany(type => Libraries.PublicMembers(type).Select(Id).Prepend("T:" + Name(type)))
            .Where(documented.ContainsKey)
            .SelectMany(id => documented[id].Elements("exception").Select(exception => exception.Attribute("cref")!.Value).Where(cref => IsOurs(cref) && !known.Contains(cref)).Select(cref => $"{id} names {cref}"));

        Assert.That(odd, Is.Empty, "nobody can catch it");
    }

    /// <summary>That it exists is the compiler's to check, and that the framework's are public.</summary>
    private static bool IsOurs(string cref) => cref.StartsWith("T:BatchGateway.", StringComparison.Ordinal);

    private static Dictionary<string, XElement> Documented(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    private static bool IsEquality(MethodBase method) => method.Name is "Equals" or "op_Equality" or "op_Inequality";

    private static IEnumerable<string> Named(XElement text, string element) => text.Elements(element).Select(one => one.Attribute("name")!.Value);

    private static bool SaysSomething(XElement member) =>
        member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value);

    /// <summary>A constructor that nobody wrote; one without parameters that somebody wrote is the compiler's to check.</summary>
    private static bool IsImplicit(MemberInfo member) => member is ConstructorInfo constructor && constructor.GetParameters().Length == 0;

    /// <summary>A member of a positional record is documented with the record, and so is its constructor.</summary>
    private static bool IsParameter(Type type, MemberInfo member, Dictionary<string, XElement> documented) =>
        documented.TryGetValue("T:" + Name(type), out XElement? text)
        && text.Elements("param").Select(parameter => parameter.Attribute("name")!.Value).ToList() is { Count: > 0 } names
        && (names.Contains(member.Name) || (member is ConstructorInfo constructor && constructor.GetParameters().Select(parameter => parameter.Name).SequenceEqual(names)));

    private static string Id(MemberInfo member) => member switch
    {
        MethodBase method => $"M:{Name(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{Generic(method)}{Parameters(method.GetParameters())}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        _ => throw new NotSupportedException($"There is no id for {member}."),
    };

    private static string Generic(MethodBase method) => method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Name(parameter.ParameterType)))})";

    private static string Name(Type type)
    {
        if (type.IsGenericMethodParameter)
            return $"``{type.GenericParameterPosition}";
        if (type.IsGenericParameter)
            return $"`{type.GenericParameterPosition}";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "@";

        string name = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
        return type.IsConstructedGenericType ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(",", type.GetGenericArguments().Select(Name))}}}" : name;
    }
}
