from playwright.sync_api import expect

from tests.browser.accessible import check_accessibility


def test_try(lab, archives, course):
    lab.wait_for_timeout(1500)
    lab.screenshot(path="/tmp/s1.png")
    print(lab.locator(".campus-today").inner_text())
    check_accessibility(lab, ".campus-today")
    lab.locator("[data-deposit=T01-essai]").set_input_files([str(a) for a in archives])
    lab.wait_for_timeout(2500)
    lab.screenshot(path="/tmp/s2.png")
    print(lab.locator(".campus-today").inner_text())
    for name in ("Ramasser les fichiers déposés", "Corriger"):
        b = lab.locator(".campus-primary", has_text=name)
        b.focus()
        lab.keyboard.press("Enter")
        expect(lab.locator("#campus-geste-title")).to_have_text("Geste en cours")
        lab.screenshot(path=f"/tmp/s-{name[:4]}.png")
        expect(lab.locator("#campus-geste-title")).to_have_text("Dernier geste", timeout=90000)
        lab.screenshot(path=f"/tmp/e-{name[:4]}.png")
        print(lab.locator(".campus-today").inner_text())
        print(lab.evaluate("document.activeElement.outerHTML.slice(0,200)"))
    print(lab.record.errors, lab.record.outside)
