using System.Text;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Running;

/// <summary>One case once more, by its number or from a file.</summary>
internal sealed class Replay(FuzzSettings settings, TextWriter output)
{
    public async Task<int> RunAsync()
    {
        string name = settings.Only ?? Path.GetFileName(settings.Replay!).Split('_')[0];
        using Target? target = TargetList.Make(name) is [var found] ? found : null;
        if (target is null)
        {
            output.WriteLine($"There is no target '{name}'. Name it with --only.");
            return 2;
        }

        byte[] input = FuzzSettings.Number(settings.Replay!) is { } number
            ? target.Make(Dice.Of(settings.Seed, target.Name, number))
            : await File.ReadAllBytesAsync(settings.Replay!).ConfigureAwait(false);
        output.WriteLine($"input ({input.Length} bytes): {Must.Excerpt(Encoding.Latin1.GetString(input))}");
        CaseResult result = await Case.RunAsync(target, input).ConfigureAwait(false);
        output.WriteLine(result.Violation is null ? $"ended: {result.Ended}" : $"VIOLATION ({name}): {result.Violation.Message}");
        return result.Violation is null ? 0 : 1;
    }
}
