using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BatchGateway.Tests.Conventions;

/// <summary>Reads from the code of a built assembly what it calls: no way of writing it down, alias or wrapped line hides a call.</summary>
internal sealed class CallSites
{
    private static readonly string[] Rooms = ["BatchGateway", "Microsoft.Extensions.DependencyInjection"];

    private static readonly ConcurrentDictionary<Assembly, IReadOnlyList<CallSite>> Known = new();

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly TypeNames _names = new();

    private CallSites(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
    }

    public static IReadOnlyList<CallSite> In(Assembly assembly) => Known.GetOrAdd(assembly, Read);

    private static IReadOnlyList<CallSite> Read(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        CallSites sites = new(file);
        return [.. sites._metadata.MethodDefinitions.SelectMany(sites.Of)];
    }

    private IEnumerable<CallSite> Of(MethodDefinitionHandle handle)
    {
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        if (method.RelativeVirtualAddress == 0 || !IsOurs(method))
            return [];

        MethodPlace place = MethodPlace.Of(_metadata, method);
        BlobReader code = _file.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
        List<CallSite> found = [.. Instructions.MethodsIn(code).Select(called => Describe(called, place.ToString()))];
        return found.Select((call, i) => call with { Next = i + 1 < found.Count ? found[i + 1].Member : "" });
    }

    /// <summary>Tools that measure coverage or plant mutants add types of their own.</summary>
    private bool IsOurs(MethodDefinition method)
    {
        string type = _names.GetTypeFromDefinition(_metadata, method.GetDeclaringType(), 0);
        return Rooms.Any(room => type.StartsWith(room + ".", StringComparison.Ordinal));
    }

    private CallSite Describe(EntityHandle called, string place)
    {
        switch (called.Kind)
        {
            case HandleKind.MethodSpecification:
                return Describe(_metadata.GetMethodSpecification((MethodSpecificationHandle)called).Method, place);
            case HandleKind.MethodDefinition:
                MethodDefinition method = _metadata.GetMethodDefinition((MethodDefinitionHandle)called);
                return Site(place, method.GetDeclaringType(), method.Name, method.DecodeSignature(_names, null));
            default:
                MemberReference member = _metadata.GetMemberReference((MemberReferenceHandle)called);
                return Site(place, member.Parent, member.Name, member.DecodeMethodSignature(_names, null));
        }
    }

    private CallSite Site(string place, EntityHandle type, StringHandle name, MethodSignature<string> signature) =>
        new(place, TypeOf(type), _metadata.GetString(name), signature.ParameterTypes, "");

    private string TypeOf(EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => _names.GetTypeFromReference(_metadata, (TypeReferenceHandle)type, 0),
        HandleKind.TypeDefinition => _names.GetTypeFromDefinition(_metadata, (TypeDefinitionHandle)type, 0),
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(_names, null),
        _ => "",
    };
}
