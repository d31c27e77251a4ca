using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Conventions;

public sealed class SignatureTests
{
    private static readonly string[] Allowed =
    [
        "BatchClient",
        "BatchClient.Emulator",
        "BatchClient.Runs",
        "Microsoft.Extensions.Configuration.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
    ];

    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void PublicSignatures_Types_BelongToNoDependency(Assembly assembly)
    {
        IEnumerable<string> foreign = Libraries.PublicTypes(assembly).SelectMany(type => Mentioned(type).Where(IsForeign).Select(other => $"{type.Name} mentions {other}"));

        Assert.That(foreign.Distinct(), Is.Empty);
    }

    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void Namespaces_NoPart_IsCalledBatchClient(Assembly assembly) => Assert.That(
        assembly.GetTypes().Where(type => (type.Namespace ?? "").Split('.').Contains("BatchClient")),
        Is.Empty,
        "it would break code that uses a type of that name, such as OpenAI.Batch.BatchClient");

    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void Namespaces_PublicTypes_AreInTheRooms(Assembly assembly) => Assert.That(
        Libraries.PublicTypes(assembly).Select(type => type.Namespace).Distinct(),
        Is.SubsetOf(new[] { "BatchGateway", "BatchGateway.Emulator", "BatchGateway.Runs", "Microsoft.Extensions.DependencyInjection" }));

    private static bool IsForeign(Type type)
    {
        string assembly = type.Assembly.GetName().Name!;

        // The builder of an HTTP client is how an application puts handlers around the library's own: nothing in the abstractions does that.
        return type != typeof(IHttpClientBuilder) && !Allowed.Contains(assembly)
            && !assembly.StartsWith("System.", StringComparison.Ordinal) && assembly is not ("netstandard" or "mscorlib");
    }

    private static IEnumerable<Type> Mentioned(Type type) =>
        new[] { type.BaseType }.OfType<Type>().Concat(type.GetInterfaces()).Concat(Libraries.PublicMembers(type).SelectMany(Mentioned)).SelectMany(Parts);

    private static IEnumerable<Type> Mentioned(MemberInfo member) => member switch
    {
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType), .. Constraints(method)],
        MethodBase constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        EventInfo @event => [@event.EventHandlerType!],
        _ => [],
    };

    private static IEnumerable<Type> Constraints(MethodInfo method) =>
        method.IsGenericMethod ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()) : [];

    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { IsGenericParameter: true } => [],
        { HasElementType: true } => Parts(type.GetElementType()!),
        _ => type.GetGenericArguments().SelectMany(Parts).Prepend(type),
    };
}
