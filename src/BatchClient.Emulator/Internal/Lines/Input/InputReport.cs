namespace BatchGateway.Emulator.Internal;

/// <summary>What the validation of an input file found.</summary>
internal sealed record InputReport(int Lines, string? Model, IReadOnlyList<InputError> Errors)
{
    public bool IsValid => Errors.Count == 0;
}
