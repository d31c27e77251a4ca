using System.Reflection.Metadata;
using System.Text.RegularExpressions;

namespace BatchGateway.Tests.Conventions;

/// <summary>Finds the method that somebody wrote to the one that the compiler made: state machines, lambdas and local functions have types of their own.</summary>
internal sealed partial record MethodPlace(string Type, string Method)
{
    public static MethodPlace Of(MetadataReader metadata, MethodDefinition method)
    {
        List<string> chain = [metadata.GetString(method.Name)];
        for (TypeDefinitionHandle type = method.GetDeclaringType(); !type.IsNil; type = metadata.GetTypeDefinition(type).GetDeclaringType())
            chain.Insert(0, metadata.GetString(metadata.GetTypeDefinition(type).Name));

        int written = chain.FindIndex(name => name.StartsWith('<'));
        if (written < 0)
            return new MethodPlace(TypeNames.Plain(chain[^2]), chain[^1]);

        string inner = chain.Skip(written).Select(name => Written().Match(name)).FirstOrDefault(match => match.Success)?.Groups["name"].Value ?? chain[^1];
        return new MethodPlace(TypeNames.Plain(chain[written - 1]), inner);
    }

    public override string ToString() => $"{Type}.{Method.TrimStart('.')}";

    [GeneratedRegex(@"^<+(?<name>[^<>]+)>")]
    private static partial Regex Written();
}
