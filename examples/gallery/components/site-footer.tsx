export function SiteFooter() {
  return (
    <footer className="site-footer">
      <p>
        A sample chosen by hand, not a mirror of the Hub: downloads, likes and sizes are those of
        their sources on their own days, and a model that is missing here says nothing. What no
        source states is shown as unknown. Some file sizes and downloads: localmodel.run, CC BY 4.0.
      </p>
    </footer>
  );
}
