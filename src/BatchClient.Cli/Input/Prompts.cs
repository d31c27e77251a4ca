using System.Globalization;
using System.Runtime.CompilerServices;

namespace BatchGateway.Cli.Input;

/// <summary>Text with one prompt per line.</summary>
internal static class Prompts
{
    /// <summary>A chat line for each line that is not empty; its custom id names the line of the text, such as <c>line-7</c>.</summary>
    public static async IAsyncEnumerable<BatchRequestLine> ReadAsync(
        string path, string model, string? system, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return BatchRequestLine.Chat($"line-{number.ToString(CultureInfo.InvariantCulture)}", model, line, system);
        }
    }
}
