namespace BatchGateway.Fuzz.Targets;

/// <summary>All targets, by name.</summary>
internal static class TargetList
{
    public static readonly IReadOnlyList<Func<Target>> Makers =
    [
        () => new BatchTarget(), () => new FileTarget(), () => new PageTarget(), () => new ErrorTarget(), () => new HeaderTarget(), () => new ResultLineTarget(),
        () => new ResultFileTarget(), () => new AnswerTarget(), () => new OutcomeTarget(), () => new RequestTarget(), () => new ReferenceTarget(),
        () => new RangeTarget(), () => new PlantedTarget(),
    ];

    /// <summary>New ones for one worker: all that have a share, or the one that is asked for by its name.</summary>
    public static IReadOnlyList<Target> Make(string? only)
    {
        List<Target> made = [];
        foreach (Func<Target> make in Makers)
        {
            Target target = make();
            if (only is null ? target.Share > 0 : target.Name == only)
                made.Add(target);
            else
                target.Dispose();
        }

        return made;
    }
}
