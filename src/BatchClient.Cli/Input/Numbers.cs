using System.CommandLine;

namespace BatchGateway.Cli.Input;

/// <summary>Limits: whole numbers from 1.</summary>
internal static class Numbers
{
    public static Option<long?> Option(string name, string description, int most = int.MaxValue)
    {
        Option<long?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<long?>() is not { } number)
                return;
            if (number < 1 || number > most)
                result.AddError($"{name} must be from 1 to {most}.");
        });
        return option;
    }
}
