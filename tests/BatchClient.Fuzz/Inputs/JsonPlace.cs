namespace BatchGateway.Fuzz.Inputs;

/// <summary>Where a value stands, and where the name of its member begins; -1 for one without.</summary>
internal readonly record struct JsonPlace(int Name, int Start, int End)
{
    public bool IsMember => Name >= 0;

    public int First => IsMember ? Name : Start;
}
