namespace BatchGateway.Tests.Conventions;

/// <summary>A place in a built assembly where a method is called, or taken as a delegate.</summary>
/// <param name="Place">The method that somebody wrote, as <c>Type.Method</c>, also where the compiler made other types of it.</param>
/// <param name="Type">The full name of the type that is called, without the number of its type parameters.</param>
/// <param name="Member">The method; of a property <c>get_Name</c>, of a constructor <c>.ctor</c>.</param>
/// <param name="Parameters">The full names of the parameters' types.</param>
/// <param name="Next">The method that is called after it in the same code: an <c>await</c> is known by it.</param>
internal sealed record CallSite(string Place, string Type, string Member, IReadOnlyList<string> Parameters, string Next)
{
    private const string Getter = "get_";

    /// <summary>What is called, as one would write it: <c>Task.Delay(TimeSpan, CancellationToken)</c>.</summary>
    public string Target => Member switch
    {
        ".ctor" => $"new {Short(Type)}({Signature})",
        _ when Member.StartsWith(Getter, StringComparison.Ordinal) => $"{Short(Type)}.{Member[Getter.Length..]}",
        _ => $"{Short(Type)}.{Member}({Signature})",
    };

    private string Signature => string.Join(", ", Parameters.Select(Short));

    public bool Calls(string type, params string[] members) => Type == type && (members.Length == 0 || members.Contains(Member));

    public bool Takes(string type) => Parameters.Contains(type);

    private static string Short(string type) => type[(type.LastIndexOf('.') + 1)..];
}
