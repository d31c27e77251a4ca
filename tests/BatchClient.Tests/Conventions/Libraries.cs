using System.Reflection;
using BatchGateway.Emulator;
using BatchGateway.Runs;

namespace BatchGateway.Tests.Conventions;

/// <summary>The assemblies that the rules are about.</summary>
internal static class Libraries
{
    public static readonly Assembly Client = typeof(IBatchClient).Assembly;

    public static readonly Assembly Emulator = typeof(BatchGatewayEmulator).Assembly;

    public static readonly Assembly Runs = typeof(IBatchRuns).Assembly;

    public static IEnumerable<Assembly> All => [Client, Emulator, Runs];

    /// <summary>The public types of an assembly, in a stable order.</summary>
    public static IEnumerable<Type> PublicTypes(Assembly assembly) => assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>What a user of a type can call or override, without what the compiler adds to records.</summary>
    public static IEnumerable<MemberInfo> PublicMembers(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member is not Type && !IsAdded(member) && IsVisible(member));

    private static bool IsAdded(MemberInfo member) =>
        member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        || member is FieldInfo { IsSpecialName: true }
        || (member is MethodInfo { IsSpecialName: true } method && !method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract",
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    };

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
