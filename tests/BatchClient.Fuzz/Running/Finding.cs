using System.Text;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Running;

/// <summary>A rule that was broken, and by which input.</summary>
internal sealed record Finding(string Target, Violation Violation, byte[] Input)
{
    /// <summary>Written out, with the name that it has as a fixture of the tests.</summary>
    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{Target}_{Slug()}.bin");
        File.WriteAllBytes(path, Input);
        return path;
    }

    public void Print(TextWriter output, string command, string path)
    {
        output.WriteLine();
        output.WriteLine($"VIOLATION ({Target}): {Violation.Message}");
        output.WriteLine($"  again:     {command}");
        output.WriteLine($"  minimised: {path} ({Input.Length} bytes); as a fixture: tests/BatchClient.Tests/Fixtures/Hostile/{Path.GetFileName(path)}");
        output.WriteLine($"  input:     {Must.Excerpt(Encoding.Latin1.GetString(Input)).ReplaceLineEndings("\\n")}");
    }

    private string Slug() => string.Join(
        '_', new string([.. Violation.Rule.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
