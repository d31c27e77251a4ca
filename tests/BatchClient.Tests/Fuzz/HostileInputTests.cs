using BatchGateway.Fuzz;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Fuzz;

/// <summary>Every input that broke something once, read by the target of the fuzzer that its name begins with.</summary>
public sealed class HostileInputTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Fixtures, "Hostile");

    [TestCaseSource(nameof(Names))]
    public async Task Read_InputThatBrokeSomethingOnce_BreaksNothing(string name)
    {
        using StringWriter output = new();

        int code = await FuzzProgram.RunAsync(["--replay", Path.Combine(Folder, name)], output);

        Assert.That(code, Is.Zero, output.ToString());
    }

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
